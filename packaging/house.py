#!/usr/bin/env python3
"""Runs a hub with its signer, one display's `parvis sync` and its kiosk together, in a folder of their own.

packaging/demo starts it. Each program leads a process group, so that what it starts (the signer) ends with it, and the
kernel ends each when this process is killed. Started again, it goes on with the same data.
"""

import argparse
import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

EMAIL = "demo@parvis.example"
TOWN = "Monaco"
# A machine under load takes its time; what has not happened by then will not.
PATIENCE_S = 60
PR_SET_PDEATHSIG = 1


class Broken(Exception):
    """Something that should have happened has not."""


def wait_for(what, happened, patience_s=PATIENCE_S, every_s=0.1):
    """Waits for a thing and returns what it gave; Broken says what was waited for."""
    until = time.monotonic() + patience_s
    while True:
        found = happened()
        if found:
            return found
        if time.monotonic() > until:
            raise Broken(f"{what}: not after {patience_s} seconds")
        time.sleep(every_s)


def free_port(first):
    """The first port from there on that nothing on this machine listens at."""
    for port in range(first, first + 200):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise Broken(f"no port is free from {first} on")


class House:
    def __init__(self, folder, programs, root, play):
        self.folder, self.programs, self.root, self.play = Path(folder), Path(programs), Path(root), play
        self.hub_data, self.store = self.folder / "hub", self.folder / "display"
        self.running, self.logs = {}, {}
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.lock()
        self.port = free_port(8080)
        self.address = f"http://127.0.0.1:{self.port}"

    def lock(self):
        """Two of them on one folder would be two hubs on one database."""
        import fcntl

        self.held = open(self.folder / "lock", "w")
        try:
            fcntl.flock(self.held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Broken(f"{self.folder}: a demo runs there already") from error

    @property
    def password(self):
        path = self.folder / "password"
        if not path.exists():
            with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write("-".join(secrets.token_hex(2) for _ in range(4)) + "\n")
        return path.read_text().strip()

    def start(self, name, command, **more):
        parent = os.getpid()

        def with_parent():
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)

        log = self.folder / f"{name}.log"
        self.logs[name] = log
        with open(log, "w") as file:
            self.running[name] = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                start_new_session=True, preexec_fn=with_parent, **more)
        return self.running[name]

    def said(self, name):
        return self.logs[name].read_text(errors="replace")

    def kill(self, name, how=signal.SIGKILL):
        """Ends a program and whatever it started."""
        child = self.running.pop(name)
        try:
            os.killpg(child.pid, how)
        except ProcessLookupError:
            pass
        child.wait()

    def end(self):
        for name in ("kiosk", "sync", "hub"):
            if name in self.running:
                self.kill(name)

    def has_ended(self):
        return next((name for name, child in self.running.items() if child.poll() is not None), None)

    def start_hub(self):
        """With public services that do not answer: what is shown is the demo town, on a machine without a network too."""
        services = self.folder / "services.toml"
        services.write_text((self.root / "kiosk-config/services.toml").read_text().replace("https://", "http://127.0.0.1:9/"))
        if not (self.hub_data / "hub.db").exists():
            self.password
            self.once("parvis-hub", "begin", TOWN, "--email", EMAIL, "--name", "Demo",
                      "--password-file", self.folder / "password", "--data", self.hub_data)
        self.start("hub", [self.programs / "parvis-hub", "serve", "--data", self.hub_data, "--services", services,
                           "--listen", f"127.0.0.1:{self.port}"])
        wait_for("the hub listens", lambda: self.alive("hub") and "http://" in self.said("hub"))
        wait_for("the first publication", lambda: self.alive("hub") and self.is_published())

    def is_published(self):
        return (self.hub_data / "publication/metadata/timestamp.json").exists()

    def once(self, program, *arguments):
        done = subprocess.run([str(part) for part in (self.programs / program, *arguments)],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Broken(done.stderr.strip() or f"{program} ended with {done.returncode}")
        return done.stdout

    def alive(self, name):
        status = self.running[name].poll()
        if status is not None:
            raise Broken(f"{name} ended with {status}: {self.said(name)[-2000:]}")
        return True

    def start_sync(self):
        root = self.hub_data / "publication/root.json"
        self.start("sync", [self.programs / "parvis", "sync", "--store", self.store, "--root", root,
                            "--from", self.address + "/"])
        wait_for("the display has the town", lambda: self.alive("sync") and self.revision())

    def start_kiosk(self):
        """Until its first whole frame is on the panel. Returns how long that took, in ms."""
        said = {**os.environ, "RUST_LOG": "parvis=info", "PARVIS_COUNTS_FOLDER": ""}
        began = time.monotonic()
        self.start("kiosk", [self.programs / "parvis", "play", "--store", self.store, *self.play], env=said)
        wait_for("the kiosk's first picture", lambda: self.alive("kiosk") and "first frame after" in self.said("kiosk"),
                 every_s=0.02)
        return int((time.monotonic() - began) * 1000)

    def status(self):
        try:
            lines = self.once("parvis", "status", "--store", self.store).splitlines()
        except Broken:
            return {}
        return {line[:10].strip(): line[11:] for line in lines if line[:10].strip()}

    def revision(self):
        """Such as 1.7 and whether the kiosk has drawn it."""
        said = self.status().get("revision", "none")
        if said.startswith("none") or " of group" not in said:
            return None
        return said.split(" ")[0], said.endswith(", drawn")

    def start_all(self):
        self.start_hub()
        self.start_sync()
        return self.start_kiosk()


def tell(house):
    print(f"""
Staff / personnel:  {house.address}/login
    login           {EMAIL}
    password        {house.password}
Change a title there, « Prêt à publier », then publish: the kiosk shows it seconds later.
Changez un titre, « Prêt à publier », puis publiez : la borne l’affiche en quelques secondes.
Everything lies in {house.folder}; deleting that folder begins anew. Ctrl-C here ends it all.""", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True, help="where everything is kept")
    parser.add_argument("--programs", required=True, help="where parvis and parvis-hub lie")
    parser.add_argument("--tour", action="store_true")
    parser.add_argument("--check", action="store_true", help="with --tour: without pauses")
    parser.add_argument("play", nargs="*", help="options of parvis play")
    asked = parser.parse_args()
    # All that is to end this process ends it the orderly way.
    for ending in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    house = None
    try:
        house = House(asked.folder, asked.programs, Path(__file__).resolve().parent.parent, asked.play)
        house.start_all()
        if asked.tour:
            import tour

            return tour.play(house, pauses=not asked.check)
        tell(house)
        ended = wait_for("", house.has_ended, patience_s=float("inf"), every_s=0.5)
        if ended == "kiosk" and house.running["kiosk"].returncode == 0:
            return 0
        print(f"{ended} has ended: {house.said(ended)[-2000:]}", file=sys.stderr)
        return 1
    except Broken as broken:
        print(f"demo: {broken}", file=sys.stderr)
        return 1
    finally:
        if house:
            house.end()


if __name__ == "__main__":
    # Under its own name, so that its exceptions are those that the tour knows.
    import house as this

    sys.exit(this.main())
