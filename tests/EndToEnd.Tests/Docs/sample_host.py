# Runs samples one after the other in one Python, as `python3 sample.py` would: starting it for each takes longer than
# the sample. A line of standard input names the file and its environment; a line of standard output is what it printed.
import contextlib
import io
import json
import os
import sys
import traceback

for line in sys.stdin:
    asked = json.loads(line)
    os.environ.update(asked["environment"])
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            with open(asked["file"], encoding="utf-8") as sample:
                exec(compile(sample.read(), asked["file"], "exec"), {"__name__": "__main__"})
        except Exception:
            traceback.print_exc(file=printed)
    print(json.dumps(printed.getvalue()), flush=True)
