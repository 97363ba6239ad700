"""Asks Prefect for the dates of many schedules, and stores them for AsPrefectPlansTest.

    target/compat-venv/bin/python compat/generate_schedule_dates.py

The seed is fixed: the schedules are the same each time, and the file changes only when Prefect's answers do.
Needs Python 3.12 or before: from 3.13 on Prefect computes around changes of the clock in another way.
"""

import asyncio
import datetime
import json
import pathlib
import random
import signal
import sys

import pendulum
from prefect.server.schemas.schedules import CronSchedule, IntervalSchedule, RRuleSchedule

assert sys.version_info < (3, 13), sys.version

TARGET = pathlib.Path(__file__).parent.parent / "command-side/src/test/resources/schedule"
ZONES = [
    "UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo",
    "Africa/Casablanca", "Pacific/Chatham", "America/St_Johns",
]
CHANGES = [
    "2026-03-08T07:00:00", "2026-11-01T06:00:00", "2026-03-29T01:00:00", "2026-10-25T01:00:00", "2026-04-04T15:00:00",
    "2026-10-03T15:30:00", "2026-02-15T02:00:00", "2026-09-26T14:00:00", "2026-04-04T14:00:00",
]
random.seed(20261126)


class TooLong(Exception):
    pass


def give_up(*_):
    raise TooLong


signal.signal(signal.SIGALRM, give_up)


def start():
    """A time near a change of some clock, or anywhere."""
    if random.random() < 0.7:
        change = pendulum.parse(random.choice(CHANGES))
        moved = change.add(minutes=random.randint(-60 * 40, 60 * 8))
        return moved.set(second=0) if random.random() < 0.6 else moved.add(microseconds=random.choice([0, 1, 500000]))
    return pendulum.datetime(random.randint(2024, 2030), random.randint(1, 12), random.randint(1, 28), random.randint(0, 23))


def interval():
    seconds = random.choice(
        [0.5, 60, 300, 900, 1800, 3600, 5400, 7200, 10800, 43200, 50000.25, 86399, 86400, 86401, 90000, 129600, 172800,
         604800, 2592000, random.randint(1, 400000)]
    )
    near = start().add(days=random.randint(-40, 3))
    return {
        "interval": seconds,
        "anchor_date": near.in_tz(pendulum.fixed_timezone(random.choice([0, 19800, -14400]))).isoformat(),
        "timezone": random.choice(ZONES),
    }


def field(low, high, names=()):
    def value():
        number = random.randint(low, high)
        if names and random.random() < 0.4:
            return random.choice([str.lower, str.upper, str.title])(names[number - low])
        return str(number)

    kind = random.random()
    if kind < 0.3:
        return "*"
    if kind < 0.4:
        return f"*/{random.randint(1, max(2, (high - low) // 2))}"
    if kind < 0.5:
        return f"{value()}/{random.randint(1, 9)}"
    if kind < 0.62:
        return f"{value()}-{value()}"
    if kind < 0.7:
        return f"{value()}-{value()}/{random.randint(1, 9)}"
    if kind < 0.85:
        return ",".join(value() for _ in range(random.randint(2, 4)))
    return value()


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]


def expression():
    if random.random() < 0.05:
        return random.choice(["@midnight", "@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@annually", "@Daily"])
    minute = random.choice(["0", "30", "0", field(0, 59)])
    hour = random.choice([field(0, 23), "*", "1", "2", "3", "0-4"])
    dom = random.choice(["*", "*", field(1, 31), "L", "28-L", "15,L", "?", "1,31", "1,30", "31"])
    month = random.choice(["*", "*", field(1, 12, MONTHS)])
    dow = random.choice(["*", "*", field(0, 6, DAYS), "5#3", "fri#1", "L5", "Lfri"[:2], "1#5,3#2", "fri-mon", "7", "0-7", "?", "1-7"])
    text = f"{minute} {hour} {dom} {month} {dow}"
    if random.random() < 0.15:
        text += " " + field(0, 59)
        if random.random() < 0.4:
            text += " " + random.choice(["*", "2026-2028", "2026/2", "2027,2029"])
    return text


def cron():
    schedule = {"cron": expression(), "timezone": random.choice([None, *ZONES])}
    schedule["day_or"] = random.random() < 0.8
    return schedule


def rrule():
    frequency = random.choice(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"])
    parts = ["FREQ=" + frequency]
    if random.random() < 0.5:
        parts.append(f"INTERVAL={random.randint(1, 5)}")
    if frequency in ("YEARLY", "MONTHLY") and random.random() < 0.4:
        parts.append("BYDAY=" + random.choice(["1MO", "-1FR", "2TU,4TU", "MO,WE", "+3SU"]))
    elif random.random() < 0.3:
        parts.append("BYDAY=" + ",".join(random.sample(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], random.randint(1, 4))))
    if frequency != "WEEKLY" and random.random() < 0.3:
        parts.append("BYMONTHDAY=" + random.choice(["1", "15", "-1", "1,15", "31", "13"]))
    if random.random() < 0.15:
        parts.append("BYMONTH=" + random.choice(["3", "3,11", "1,4,7,10"]))
    if random.random() < 0.5 or frequency in ("MINUTELY", "SECONDLY"):
        parts.append("BYHOUR=" + random.choice(["1", "2", "2,3", "9,17", "0"]))
    if random.random() < 0.4 or frequency == "SECONDLY":
        parts.append("BYMINUTE=" + random.choice(["0", "30", "0,30"]))
    if frequency in ("YEARLY", "MONTHLY") and any(part.startswith("BYDAY") for part in parts) and random.random() < 0.3:
        parts.append("BYSETPOS=" + random.choice(["1", "-1", "1,-1"]))
    if frequency == "WEEKLY" and random.random() < 0.3:
        parts.append("WKST=" + random.choice(["SU", "MO"]))
    if random.random() < 0.2:
        parts.append(random.choice(["COUNT=5", "COUNT=400", "UNTIL=20261102T000000", "UNTIL=20260309"]))
    if frequency in ("MINUTELY", "SECONDLY"):
        begin = start().subtract(days=random.randint(0, 3)).format("YYYYMMDD[T]HHmm00")
    else:
        begin = random.choice(["20200101T000000", "20240229T023000", "20251231T013000", "20260105T090000"])
    lines = ["DTSTART:" + begin, random.choice(["RRULE:", ""]) + ";".join(parts)]
    if random.random() < 0.1:
        lines.append("EXDATE:20260309T023000,20261101T013000")
    if random.random() < 0.1:
        lines.append("RDATE:20260308T023000,20261101T013000,20270101T000000")
    if random.random() < 0.1:
        lines.append("EXRULE:FREQ=DAILY;INTERVAL=2")
    return {"rrule": "\n".join(lines), "timezone": random.choice(ZONES)}


def text(time):
    return time.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")


def case(kind, schedule):
    begin = start()
    until = begin.add(hours=random.choice([3, 30, 24 * 9])) if random.random() < 0.3 else None
    count = random.choice([1, 4, 8])
    case = {"schedule": schedule, "from": text(begin), "until": text(until) if until else None, "count": count}
    signal.alarm(3)
    try:
        dates = asyncio.run(kind(**schedule).get_dates(n=count, start=begin, end=until))
        case["dates"] = [str(date) for date in dates]
        if any(date.year > 2037 for date in dates):
            return None  # dateutil's own reading of zones ends there, one hour beside everybody else's
    except TooLong:
        return None
    except ValueError as error:
        if "failed to find next" in str(error):
            return None  # ends with an error there, and without one here
        case["invalid"] = True
    finally:
        signal.alarm(0)
    return case


def store(name, kind, make, number):
    cases = []
    while len(cases) < number:
        found = case(kind, make())
        if found:
            cases.append(found)
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / f"{name}.jsonl").write_text("".join(json.dumps(found) + "\n" for found in cases))


if __name__ == "__main__":
    store("interval", IntervalSchedule, interval, 250)
    store("cron", CronSchedule, cron, 450)
    store("rrule", RRuleSchedule, rrule, 300)
