//! Parts of a batch whose number the scheduler tells.

use crate::world::{Run, World, is_chart};
use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::Path;

/// `brief --all --shard …` with variables of a scheduler.
fn command(world: &World, shard: &str, out: &str, variables: &[(&str, &str)]) -> Command {
    let mut command = world.command(&["--all", "--format", "md", "--lang", "en", "--shard", shard, "--out", out]);
    command.envs(variables.iter().copied());
    command
}

/// The documents and charts below a folder, without what is recorded of them.
fn reports(world: &World, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let is_report = |name: &str| is_chart(name) || Path::new(name).extension().is_some_and(|ending| ending == "md");
    world.files(folder).into_iter().filter(|(name, _)| is_report(name)).collect()
}

#[test]
fn the_tasks_of_a_scheduler_do_the_parts_of_their_numbers() {
    let world = World::new();
    for part in 1..=3_u32 {
        let named = world.all(&["--shard", &format!("{part}/3"), "--out", "named"]);
        let index = (part - 1).to_string();
        let pod = Run::of(&mut command(&world, "auto/3", "pod", &[("JOB_COMPLETION_INDEX", &index)]));
        let id = (part + 9).to_string();
        let array = [
            ("SLURM_ARRAY_TASK_ID", id.as_str()),
            ("SLURM_ARRAY_TASK_MIN", "10"),
            ("SLURM_ARRAY_TASK_MAX", "12"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
        ];
        let task = Run::of(&mut command(&world, "auto", "task", &array));
        for run in [&named, &pod, &task] {
            assert_eq!((run.code, run.err.as_str()), (named.code, named.err.as_str()), "part {part}");
        }
        assert_eq!(pod.out.replace("pod/", "named/"), named.out, "part {part}");
        assert_eq!(task.out.replace("task/", "named/"), named.out, "part {part}");
    }
    assert!(reports(&world, "named").len() > 3);
    assert!(reports(&world, "pod") == reports(&world, "named"));
    assert!(reports(&world, "task") == reports(&world, "named"));
}

#[test]
fn a_scheduler_that_does_not_say_which_part_is_refused() {
    let world = World::new();
    let index = ("JOB_COMPLETION_INDEX", "8");
    let id = ("SLURM_ARRAY_TASK_ID", "1");
    let refused = |shard: &str, variables: &[(&str, &str)], parts: &[&str]| {
        let run = Run::of(&mut command(&world, shard, "reports", variables));
        run.refuses(2, parts);
        assert_eq!(run.out, "", "{shard}");
    };
    refused(
        "auto/8",
        &[],
        &["neither JOB_COMPLETION_INDEX nor SLURM_ARRAY_TASK_ID is set", "write the part out, such as `--shard 1/8`"],
    );
    refused("auto/8", &[index], &["JOB_COMPLETION_INDEX is `8`: the 8 parts are numbered 0 to 7", "`completions`"]);
    refused("auto/8", &[index, id], &["JOB_COMPLETION_INDEX is `8` and SLURM_ARRAY_TASK_ID is `1`", "unset the other"]);
    refused("auto", &[id], &["nothing says of how many", "such as `--shard auto/8`"]);
    refused("auto/0", &[index], &["`auto/0` is not a part of the work", "or `auto/4` in an array of jobs"]);
    assert!(!world.path("reports").exists(), "a refused command writes nothing");
}

#[test]
fn a_part_that_is_written_out_heeds_no_scheduler() {
    let world = World::new();
    let odd = [("JOB_COMPLETION_INDEX", "many"), ("SLURM_ARRAY_TASK_ID", "none")];
    Run::of(&mut command(&world, "1/1", "reports", &odd)).is_silent();
    Run::of(world.command(&["--all", "--format", "md", "--lang", "en", "--out", "whole"]).envs(odd)).is_silent();
    assert!(reports(&world, "reports") == reports(&world, "whole"));
}
