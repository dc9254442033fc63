"""Holds a publication against python-tuf, the reference implementation.

verify_with_python_tuf.py PUBLICATION ROOT.json TARGET...

Gives PUBLICATION out over HTTP, refreshes from ROOT.json and downloads each TARGET. Prints the version of the root and of
the timestamp, and each target's length. Exit status 1 with python-tuf's own words when it does not hold.
"""

import functools
import http.server
import pathlib
import sys
import tempfile
import threading

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.ngclient import Updater


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def main(publication, root, *targets):
    handler = functools.partial(Quiet, directory=publication)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    with tempfile.TemporaryDirectory() as metadata, tempfile.TemporaryDirectory() as downloads:
        updater = Updater(
            metadata_dir=metadata,
            metadata_base_url=f"{url}/metadata/",
            target_dir=downloads,
            target_base_url=f"{url}/targets/",
            bootstrap=pathlib.Path(root).read_bytes(),
        )
        try:
            updater.refresh()
            trusted = updater._trusted_set
            print(f"root {trusted.root.version}, timestamp {trusted.timestamp.version}")
            for target in targets:
                info = updater.get_targetinfo(target)
                if info is None:
                    print(f"{target}: not signed")
                    return 1
                length = len(pathlib.Path(updater.download_target(info)).read_bytes())
                print(f"{target}: {length}")
        except (RepositoryError, DownloadError) as error:
            print(f"{type(error).__name__}: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
