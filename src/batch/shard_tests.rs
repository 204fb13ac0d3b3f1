//! Which part of a batch is meant.

use super::*;

/// The part that `--shard text` means in an environment, or what is wrong and what to do, as `message (help)`.
fn resolved(text: &str, variables: &[(&str, &str)]) -> Result<String, String> {
    let request: ShardRequest = text.parse().unwrap();
    let variable =
        |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let shard = request.resolve(variable).map_err(|error| format!("{error} ({})", error.help()))?;
    Ok(shard.to_string())
}

/// The variables of a task of `--array=LEAST-GREATEST:STEP`, as Slurm sets them.
fn array(
    id: &'static str,
    least: &'static str,
    greatest: &'static str,
    count: &'static str,
) -> Vec<(&'static str, &'static str)> {
    vec![
        (SLURM_ARRAY_TASK_ID, id),
        (SLURM_ARRAY_TASK_MIN, least),
        (SLURM_ARRAY_TASK_MAX, greatest),
        (SLURM_ARRAY_TASK_COUNT, count),
    ]
}

fn assert_refused(text: &str, variables: &[(&str, &str)], parts: &[&str]) {
    let told = resolved(text, variables).expect_err(text);
    for part in parts {
        assert!(told.contains(part), "`{part}` is not in: {told}");
    }
}

#[test]
fn every_document_belongs_to_exactly_one_part() {
    let shards: Vec<Shard> = (1..=5).map(|index| format!("{index}/5").parse().unwrap()).collect();
    for name in (0..200).map(|number| format!("province-{number}")) {
        assert_eq!(shards.iter().filter(|shard| shard.holds(&name)).count(), 1, "{name}");
    }
}

#[test]
fn parts_are_counted_from_one() {
    assert!("1/1".parse::<Shard>().is_ok());
    for wrong in [
        "0/4",
        "5/4",
        "1",
        "1/0",
        "a/b",
        "-1/2",
        "+1/2",
        "1/+2",
        "/",
        "1/",
        "/4",
        "1/4/4",
        " 1/4",
        "1/99999999999999999999",
    ] {
        assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        assert!(wrong.parse::<ShardRequest>().is_err(), "{wrong}");
    }
}

#[test]
fn a_request_is_written_as_it_is_read() {
    for text in ["3/7", "auto", "auto/8"] {
        assert_eq!(text.parse::<ShardRequest>().unwrap().to_string(), text);
    }
    for wrong in ["auto/0", "auto/", "auto/-1", "auto/many", "Auto", "auto 8", "auto/8/8", "auto/1/8"] {
        assert_eq!(wrong.parse::<ShardRequest>(), Err(ShardError(wrong.to_owned())));
    }
}

#[test]
fn a_part_that_is_written_out_asks_nothing_of_the_environment() {
    let request: ShardRequest = "2/4".parse().unwrap();
    let shard = request.resolve(|name| panic!("{name} was looked up"));
    assert_eq!(shard, Ok("2/4".parse().unwrap()));
}

#[test]
fn kubernetes_counts_from_nought() {
    assert_eq!(resolved("auto/8", &[(JOB_COMPLETION_INDEX, "0")]), Ok("1/8".to_owned()));
    assert_eq!(resolved("auto/8", &[(JOB_COMPLETION_INDEX, "7")]), Ok("8/8".to_owned()));
}

#[test]
fn an_index_that_is_none_is_refused() {
    let index = |value| [(JOB_COMPLETION_INDEX, value)];
    assert_refused(
        "auto/8",
        &index("8"),
        &["JOB_COMPLETION_INDEX is `8`: the 8 parts are numbered 0 to 7", "`completions`"],
    );
    for wrong in ["", " 1", "one", "-1", "+1", "1.0", "1/8", "99999999999999999999"] {
        let said = format!("JOB_COMPLETION_INDEX is `{wrong}`, not a whole number from 0");
        assert_refused("auto/8", &index(wrong), &[&said, "`--shard 1/4`"]);
    }
}

#[test]
fn kubernetes_does_not_say_of_how_many() {
    assert_refused(
        "auto",
        &[(JOB_COMPLETION_INDEX, "0")],
        &[
            "JOB_COMPLETION_INDEX says which part this is, but nothing says of how many",
            "`completions`, such as `--shard auto/8`",
        ],
    );
    // Slurm's count says nothing of a Job's.
    assert_refused(
        "auto",
        &[(JOB_COMPLETION_INDEX, "0"), (SLURM_ARRAY_TASK_COUNT, "8")],
        &["nothing says of how many"],
    );
}

#[test]
fn slurm_counts_from_where_the_array_starts() {
    for request in ["auto", "auto/4"] {
        assert_eq!(resolved(request, &array("1", "1", "4", "4")), Ok("1/4".to_owned()));
        assert_eq!(resolved(request, &array("4", "1", "4", "4")), Ok("4/4".to_owned()));
        assert_eq!(resolved(request, &array("0", "0", "3", "4")), Ok("1/4".to_owned()));
        assert_eq!(resolved(request, &array("103", "100", "103", "4")), Ok("4/4".to_owned()));
    }
    // An older Slurm sets the number alone: it is taken to count from 0.
    assert_eq!(resolved("auto/4", &[(SLURM_ARRAY_TASK_ID, "3")]), Ok("4/4".to_owned()));
    assert_refused("auto", &[(SLURM_ARRAY_TASK_ID, "3")], &["nothing says of how many", "SLURM_ARRAY_TASK_COUNT"]);
}

#[test]
fn slurm_counts_by_the_steps_of_the_array() {
    let stepped = |id| [array(id, "10", "16", "4"), vec![(SLURM_ARRAY_TASK_STEP, "2")]].concat();
    assert_eq!(resolved("auto", &stepped("10")), Ok("1/4".to_owned()));
    assert_eq!(resolved("auto/4", &stepped("16")), Ok("4/4".to_owned()));
    assert_refused("auto", &stepped("13"), &["SLURM_ARRAY_TASK_ID is `13`: the 4 parts are numbered 10 to 16"]);
    let wrong = [array("10", "10", "16", "4"), vec![(SLURM_ARRAY_TASK_STEP, "0")]].concat();
    assert_refused("auto", &wrong, &["SLURM_ARRAY_TASK_STEP is `0`, not a whole number from 1"]);
}

#[test]
fn a_task_that_the_array_does_not_have_is_refused() {
    for beyond in ["0", "5"] {
        let said = format!("SLURM_ARRAY_TASK_ID is `{beyond}`: the 4 parts are numbered 1 to 4");
        assert_refused("auto/4", &array(beyond, "1", "4", "4"), &[&said, "`--array=1-4`"]);
    }
    assert_refused("auto/4", &[(SLURM_ARRAY_TASK_ID, "4")], &["the 4 parts are numbered 0 to 3"]);
    assert_refused("auto", &array("", "1", "4", "4"), &["SLURM_ARRAY_TASK_ID is ``, not a whole number from 0"]);
    assert_refused("auto", &array("1", "one", "4", "4"), &["SLURM_ARRAY_TASK_MIN is `one`"]);
    assert_refused("auto", &array("1", "1", "", "4"), &["SLURM_ARRAY_TASK_MAX is ``"]);
    assert_refused("auto", &array("1", "1", "4", "0"), &["SLURM_ARRAY_TASK_COUNT is `0`, not a whole number from 1"]);
    let most = "18446744073709551615";
    let huge = [(SLURM_ARRAY_TASK_ID, most), (SLURM_ARRAY_TASK_MIN, most), (SLURM_ARRAY_TASK_STEP, most)];
    assert_refused(
        "auto/2",
        &[&huge[..], &[(SLURM_ARRAY_TASK_ID, "0")]].concat()[1..],
        &["is `0`: the 2 parts are numbered"],
    );
    assert_eq!(resolved("auto/2", &huge), Ok("1/2".to_owned()));
}

#[test]
fn tasks_with_gaps_between_them_leave_parts_undone() {
    for id in ["1", "3", "7"] {
        let said = ["the array has 3 tasks numbered 1 to 7, with gaps", "`--array=1-3`"];
        assert_refused("auto", &array(id, "1", "7", "3"), &said);
    }
}

#[test]
fn a_repeat_of_single_tasks_is_not_taken_for_the_whole() {
    let parts = [
        "`--shard auto/8` speaks of 8 parts, SLURM_ARRAY_TASK_COUNT of 2",
        "for these 2 alone, write `--shard \"$SLURM_ARRAY_TASK_ID/8\"` (here 5/8)",
    ];
    assert_refused("auto/8", &array("5", "3", "5", "2"), &parts);
}

#[test]
fn two_schedulers_at_once_are_refused() {
    for index in ["3", ""] {
        let both = [array("1", "1", "8", "8"), vec![(JOB_COMPLETION_INDEX, index)]].concat();
        for request in ["auto", "auto/8"] {
            let said = format!(
                "JOB_COMPLETION_INDEX is `{index}` and SLURM_ARRAY_TASK_ID is `1`: only one can say which part this is"
            );
            assert_refused(request, &both, &[&said, "unset the other"]);
        }
    }
}

#[test]
fn outside_an_array_of_jobs_there_is_nothing_to_take_the_part_from() {
    let parts = ["neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID is set", "`--shard 1/8`"];
    assert_refused("auto/8", &[(SLURM_ARRAY_TASK_COUNT, "8")], &parts);
    assert_refused("auto", &[], &["`--shard auto` is for an array of jobs", "leave `--shard` out for the whole"]);
}
