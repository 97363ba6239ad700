-- How far those who follow the log have come, stored together with what they did.
CREATE TABLE follower (
    name     text   PRIMARY KEY,
    position bigint NOT NULL
);
