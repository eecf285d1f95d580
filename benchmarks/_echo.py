"""The server as it is, on one core, with one event more: `echo` gives back what it got. `benchmarks.live` starts it."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402 - nothing may be imported before the patch
import sys  # noqa: E402 - the same

from gevent.pywsgi import WSGIServer  # noqa: E402 - the same

from config import Settings  # noqa: E402 - the same
from server.app import build  # noqa: E402 - the same
from server.app.serving import live_of, settle  # noqa: E402 - the same
from server.live import Handler  # noqa: E402 - the same


def main() -> None:
    os.sched_setaffinity(0, {0})
    settings = Settings.from_env(os.environ)
    app = build(settings)
    live = live_of(app)
    live.channel.server.on("echo", lambda sid, payload: payload, namespace="/ballot")
    server = WSGIServer((settings.host, 0), live.wsgi, log=None, handler_class=Handler, backlog=4096)
    server.init_socket()
    live.start()
    settle()
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
