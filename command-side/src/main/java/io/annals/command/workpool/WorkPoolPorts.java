package io.annals.command.workpool;

/** What decisions about work pools ask of the rest of the server. */
public record WorkPoolPorts(
    FindWorkPoolByName findByName,
    FindOnlineWorkers findOnlineWorkers,
    FindLastPoll findLastPoll,
    JudgeJobTemplate judgeJobTemplate) {}
