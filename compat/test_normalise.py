from normalise import differences, normalised


def test_ids_times_and_durations_become_words():
    answer = {"id": "01a20d7d-efe4-7b6b-bea2-b7efb9cfa315", "at": "2026-11-24T12:00:00.1Z", "total_run_time": 0.2}
    assert normalised(answer) == {"id": "<id>", "at": "<time>", "total_run_time": "<seconds>"}


def test_other_values_stay():
    assert normalised({"a": [1, None, "x"]}) == {"a": [1, None, "x"]}


def test_each_difference_is_a_line():
    assert differences({"a": 1, "b": [1, 2]}, {"a": 2, "c": 0, "b": [1]}) == [
        ".c: not expected",
        ".a: expected 1, got 2",
        ".b: 2 items expected, got 1",
    ]


def test_what_is_left_until_a_date_may_tick():
    assert differences({"delay_seconds": 97800847}, {"delay_seconds": 97800846}) == []
    assert differences({"delay_seconds": None}, {"delay_seconds": None}) == []
    assert differences({"delay_seconds": 30}, {"delay_seconds": 29}) != []
    assert differences({"delay_seconds": 97800847}, {"delay_seconds": 97800000}) != []
