#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The batch templates: the nightly script with the program itself and with a stand-in that ends as told, the Slurm
scripts under a stand-in for Slurm, and the exit codes in the Kubernetes manifest.

usage: templates_test.py BRINK SOURCE
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

#: Ends with the next code of the file `codes`; notes its arguments; waits for a signal where the code is "wait".
STAND_IN = """#!/bin/bash
echo "$@" >>"$FOLDER/starts"
code=$(head -n 1 "$FOLDER/codes")
sed -i 1d "$FOLDER/codes"
if [ "$code" = wait ]; then
    trap 'exit 75' TERM
    echo waiting >"$FOLDER/waiting"
    while :; do sleep 0.05; done
fi
echo '{"name":"x","output":"'"$FOLDER"'/out/x.h5"}'
exit "$code"
"""

SLURM = {
    "srun": 'echo "srun $*" >>"$FOLDER/slurm"; while [[ $1 == --* ]]; do shift; done; exec "$@"',
    "scontrol": 'echo "scontrol $*" >>"$FOLDER/slurm"; exit 1',
    "sbatch": 'echo "sbatch $*" >>"$FOLDER/slurm"; wc -l <"$FOLDER/slurm"',
}


class Templates(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="brink-templates-")
        self.folder = pathlib.Path(self.temporary.name)
        self.environment = os.environ | {"FOLDER": str(self.folder), "BRINK_OUT": str(self.folder / "out"),
                                         "BRINK_AS_OF": "2025-07-01", "BRINK_PAUSE": "0",
                                         "PATH": f"{self.folder}/bin:{os.environ['PATH']}"}
        (self.folder / "bin").mkdir()
        self.script("brink", STAND_IN)
        for name, text in SLURM.items():
            self.script(name, f"#!/bin/bash\n{text}\n")

    def tearDown(self):
        self.temporary.cleanup()

    def script(self, name, text):
        file = self.folder / "bin" / name
        file.write_text(text)
        file.chmod(0o755)

    def codes(self, *codes):
        (self.folder / "codes").write_text("\n".join(map(str, codes)) + "\n")

    def lines(self, name):
        file = self.folder / name
        return file.read_text().splitlines() if file.exists() else []

    def start(self, template, *arguments, **environment):
        return subprocess.Popen([str(BATCH / template), *map(str, arguments)], env=self.environment | environment,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run_script(self, template, *arguments, **environment):
        process = self.start(template, *arguments, **environment)
        out, err = process.communicate()
        return process.returncode, out, err

    def test_nightly_twice_in_a_row_leaves_the_result_as_it_is(self):
        scenario = SOURCE / "configs/quickstart.toml"
        first = self.run_script("nightly", scenario, "--paths", 500, BRINK=PROGRAM)
        self.assertEqual(first[0], 0, first[2])
        out = self.folder / "out"
        names = sorted(file.name for file in out.iterdir())
        self.assertEqual(names, ["quickstart-20250701T000000Z.h5", "quickstart-20250701T000000Z.json", "quickstart.log"])
        before = (out / names[0]).read_bytes()
        again = self.run_script("nightly", scenario, "--paths", 500, BRINK=PROGRAM)
        self.assertEqual(again[0], 0, again[2])
        self.assertEqual((out / names[0]).read_bytes(), before)
        self.assertEqual(sorted(file.name for file in out.iterdir()), names)
        self.assertIn("nothing to do", (out / names[2]).read_text())
        self.assertEqual(json.loads((out / names[1]).read_text())["paths"], 500)

    def test_nightly_puts_the_summary_beside_the_result_in_any_folder(self):
        for name in ('a "b"', "c\\d", "e&f", "it's / g", "h|i", "j,\"output\":\"k"):
            out = self.folder / name
            code, _, err = self.run_script("nightly", SOURCE / "configs/quickstart.toml", "--paths", 100, "--set",
                                           "run.horizon=PT12H", BRINK=PROGRAM, BRINK_OUT=str(out))
            self.assertEqual(code, 0, err)
            stem = "quickstart-20250701T000000Z"
            self.assertEqual(sorted(file.name for file in out.iterdir()), [f"{stem}.h5", f"{stem}.json", "quickstart.log"])
            self.assertEqual(json.loads((out / f"{stem}.json").read_text())["output"], str(out / f"{stem}.h5"))

    def test_nightly_hands_on_the_code_of_a_breached_limit(self):
        limit = 'limits."book.called.prob"=0.0001'
        code, _, err = self.run_script("nightly", SOURCE / "configs/quickstart.toml", "--paths", 500, "--set", limit,
                                       BRINK=PROGRAM)
        self.assertEqual(code, 3, err)
        self.assertTrue((self.folder / "out/quickstart-20250701T000000Z.json").exists())

    def test_nightly_starts_again_after_75_and_signals_only(self):
        self.codes(75, 137, 75, 0)
        self.assertEqual(self.run_script("nightly", "x.toml")[0], 0)
        self.assertEqual(len(self.lines("starts")), 4)
        for code in (64, 65, 66, 69, 70, 73, 74, 78):
            self.codes(code, 0)
            self.assertEqual(self.run_script("nightly", "x.toml")[0], code)
            self.assertEqual(self.lines("codes"), ["0"])
        self.assertEqual(list((self.folder / "out").glob("*.tmp")), [])

    def test_nightly_gives_up_after_so_many_starts(self):
        self.codes(75, 75, 75, 0)
        self.assertEqual(self.run_script("nightly", "x.toml", BRINK_TRIES="3")[0], 75)

    def test_nightly_hands_on_a_signal_and_does_not_start_again(self):
        self.codes("wait", 0)
        process = self.start("nightly", "x.toml")
        while not (self.folder / "waiting").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        process.communicate()
        self.assertEqual(process.returncode, 75)
        self.assertEqual(self.lines("codes"), ["0"])

    def test_nightly_refuses_what_is_no_date(self):
        code, _, err = self.run_script("nightly", "x.toml", BRINK_AS_OF="yesterday")
        self.assertEqual(code, 64)
        self.assertIn("BRINK_AS_OF=yesterday", err)
        self.assertEqual(self.run_script("nightly")[0], 64)

    def test_slurm_submits_the_merge_after_the_array(self):
        (self.folder / "x.toml").write_text("")
        output = self.folder / "deep/x.h5"
        code, out, err = self.run_script("slurm-submit", self.folder / "x.toml", output, 12, "--time=60")
        self.assertEqual((code, out), (0, "array 1, merge 2\n"), err)
        array, merge = self.lines("slurm")
        self.assertIn("--array=1-12 --time=60", array)
        self.assertTrue(array.endswith(f"x.toml {output} 12"), array)
        self.assertIn("--dependency=afterany:1 --time=60", merge)
        self.assertEqual(self.run_script("slurm-submit", "x.toml")[0], 64)
        self.assertEqual(self.run_script("slurm-submit", self.folder / "x.toml", output, "many")[0], 64)
        self.assertEqual(self.run_script("slurm-submit", "no.toml", output, 3)[0], 66)

    def task(self, **environment):
        return self.run_script("slurm-array.sbatch", "x.toml", "out/x.h5", "12", SLURM_ARRAY_TASK_ID="3",
                               SLURM_ARRAY_JOB_ID="70", **environment)[0]

    def test_slurm_task_runs_its_shard_and_requeues_itself_after_75(self):
        self.codes(0)
        self.assertEqual(self.task(), 0)
        self.assertEqual(self.lines("starts"), ["run x.toml --shard 3/12 -o out/x.part-03-of-12.h5 -q"])
        self.codes(75)
        self.assertEqual(self.task(), 75)
        self.assertEqual(self.lines("slurm")[-1], "scontrol requeue 70_3")
        for code, restarts in ((74, "0"), (78, "0"), (75, "100")):
            self.codes(code)
            self.assertEqual(self.task(SLURM_RESTART_COUNT=restarts), code)
            self.assertTrue(self.lines("slurm")[-1].startswith("srun "))

    def test_slurm_task_that_is_cancelled_does_not_requeue_itself(self):
        self.codes("wait")
        process = self.start("slurm-array.sbatch", "x.toml", "out/x.h5", "12", SLURM_ARRAY_TASK_ID="3",
                             SLURM_ARRAY_JOB_ID="70")
        while not (self.folder / "waiting").exists():
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGTERM)
        process.communicate()
        self.assertEqual(process.returncode, 75)
        self.assertNotIn("scontrol", " ".join(self.lines("slurm")))

    def test_slurm_merge_names_every_part(self):
        self.codes(66)
        self.assertEqual(self.run_script("slurm-merge.sbatch", "out/x.h5", "12")[0], 66)
        parts = [f"out/x.part-{number:02}-of-12.h5" for number in range(1, 13)]
        self.assertEqual(self.lines("starts"), [f"merge -o out/x.h5 --json -q {' '.join(parts)}"])

    def test_slurm_runs_a_sweep_as_an_array_and_merges_it(self):
        scenario, output = self.folder / "sweep.toml", self.folder / "sweep.h5"
        example = SOURCE / "configs/examples/sweep_correlation_volatility.toml"
        scenario.write_text(subprocess.run(
            [PROGRAM, "validate", str(example), "--print", "--paths", "300", "--set", "run.horizon=PT12H", "--set",
             "sweep.axis.volatility.count=2", "--set", "sweep.axis.correlation.count=2"],
            capture_output=True, text=True, check=True).stdout)
        for task in ("1", "2", "3"):
            code, _, err = self.run_script("slurm-array.sbatch", scenario, output, "3", SLURM_ARRAY_TASK_ID=task,
                                           SLURM_ARRAY_JOB_ID="70", BRINK=PROGRAM)
            self.assertEqual(code, 0, err)
        code, _, err = self.run_script("slurm-merge.sbatch", output, "3", BRINK=PROGRAM)
        self.assertEqual(code, 0, err)
        result = json.loads(subprocess.run([PROGRAM, "inspect", str(output), "--json"], capture_output=True, text=True).stdout)
        self.assertEqual([point["paths"] for point in result["sweep"]["points"]], [300] * 4)

    def test_kubernetes_tells_codes_apart_as_the_program_does(self):
        codes = json.loads(subprocess.run([PROGRAM, "exit-codes", "--json"], capture_output=True, text=True).stdout)
        hopeless = [row["code"] for row in codes["exit_codes"] if row["action"] == "fail"]
        text = (BATCH / "kubernetes.yaml").read_text()
        rules = re.findall(r"- action: (\w+)\n\s+onExitCodes:\n\s+containerName: brink\n\s+operator: (\w+)\n"
                           r"\s+values: \[([0-9, ]+)\]", text)
        rules = [(action, operator, [int(value) for value in values.split(",")]) for action, operator, values in rules]
        self.assertEqual(rules, [("Ignore", "In", [75]), ("FailJob", "In", hopeless),
                                 ("Count", "NotIn", sorted([0, 75, *hopeless])), ("FailJob", "In", sorted([3, *hopeless]))])

    def test_operations_page_names_every_template(self):
        page = (SOURCE / "docs/operations.md").read_text()
        for file in BATCH.iterdir():
            self.assertIn(file.name, page)


if __name__ == "__main__":
    PROGRAM, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
    BATCH = SOURCE / "scripts/batch"
    unittest.main(argv=sys.argv[:1])
