"""Writes TUF repositories made by python-tuf, and what a client must make of them: make_tuf_repository.py FOLDER

Each case is a folder of FOLDER with `case.json`, the list of steps, and one folder for each state of the repository
that a step meets. The steps are those of the command line that the public conformance suite of TUF drives; the cases
cover what that suite covers, and some more.
"""

import copy
import datetime
import hashlib
import json
import pathlib
import sys
from urllib.parse import quote

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

TOP = ["root", "timestamp", "snapshot", "targets"]
NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
FINE = NOW + datetime.timedelta(days=30)
PAST = NOW - datetime.timedelta(days=2)
FIRST = ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"]
AGAIN = ["2.root.json", "timestamp.json"]
KEYS = {
    "ed25519": CryptoSigner.generate_ed25519,
    "ecdsa-sha2-nistp256": CryptoSigner.generate_ecdsa,
    "rsassa-pss-sha256": CryptoSigner.generate_rsa,
}


class Repository:
    """A repository whose metadata can be wrong in any way that python-tuf can sign."""

    def __init__(self, consistent=True, hashes=False):
        self.hashes = hashes
        self.signers = {}
        self.files = {}
        self.root = Root(expires=FINE, consistent_snapshot=consistent)
        self.timestamp = Timestamp(expires=FINE)
        self.snapshot = Snapshot(expires=FINE)
        self.targets = Targets(expires=FINE)
        self.delegated = {}
        for role in TOP:
            self.add_key(role)
        self.sign("root", bump=False)
        self.publish(bump=False)

    def role(self, name):
        return getattr(self, name) if name in TOP else self.delegated[name]

    def add_key(self, role, signer=None, by="root", listed=True):
        signer = signer or CryptoSigner.generate_ed25519()
        if listed:
            self.role(by).add_key(signer.public_key, role)
        self.signers.setdefault(role, []).append(signer)
        return signer

    def rotate(self, role):
        for keyid in list(self.root.roles[role].keyids):
            self.root.revoke_key(keyid, role)
        self.signers[role] = []
        self.add_key(role)

    def name(self, role):
        quoted = quote(role, "")
        versioned = role == "root" or (role != "timestamp" and self.root.consistent_snapshot)
        return f"metadata/{self.role(role).version}.{quoted}.json" if versioned else f"metadata/{quoted}.json"

    def sign(self, role, bump=True):
        signed = self.role(role)
        if bump:
            signed.version += 1
        metadata = Metadata(copy.deepcopy(signed), {})
        for signer in self.signers[role]:
            metadata.sign(signer, append=True)
        data = metadata.to_bytes()
        self.files[self.name(role)] = data
        listed = MetaFile(signed.version)
        if self.hashes:
            listed = MetaFile(signed.version, len(data), {"sha256": hashlib.sha256(data).hexdigest()})
        if role == "snapshot":
            self.timestamp.snapshot_meta = listed
        elif role not in ("root", "timestamp"):
            self.snapshot.meta[f"{role}.json"] = listed

    def publish(self, *roles, bump=True):
        """Signs the roles named, or all but root, and whatever lists them."""
        for role in roles or (*self.delegated, "targets"):
            self.sign(role, bump)
        self.sign("snapshot", bump)
        self.sign("timestamp", bump)

    def delegate(self, by, name, paths=("*",), prefixes=None, terminating=False, threshold=1):
        if self.role(by).delegations is None:
            self.role(by).delegations = Delegations({}, {})
        listed = None if prefixes else list(paths)
        role = DelegatedRole(name, [], threshold, terminating, listed, list(prefixes) if prefixes else None)
        self.role(by).delegations.roles[name] = role
        if name not in self.delegated:
            self.delegated[name] = Targets(expires=FINE)
            self.delegated[name].version = 0
            self.add_key(name, by=by)
        else:
            self.role(by).add_key(self.signers[name][0].public_key, name)

    def add(self, path, data, role="targets"):
        target = TargetFile.from_data(path, data, ["sha256"])
        self.role(role).targets[path] = target
        self.serve(path, data, target)

    def serve(self, path, data, target=None):
        target = target or self.targets.targets[path]
        folder, slash, name = path.rpartition("/")
        if self.root.consistent_snapshot:
            name = f"{target.hashes['sha256']}.{name}"
        self.files["targets/" + quote(f"{folder}{slash}{name}", "/!$&'()*+,;=:@")] = data

    def edit(self, role, change):
        """Changes signed metadata behind its signatures."""
        document = json.loads(self.files[self.name(role)])
        change(document)
        self.files[self.name(role)] = json.dumps(document).encode()


class Case:
    def __init__(self, name, **settings):
        self.folder = OUT / name
        self.steps = []
        self.repository = Repository(**settings)
        self.first_root = self.repository.files["metadata/1.root.json"]
        CASES.append(self)

    def init(self, root=None, ok=True):
        return self.step(do="init", ok=ok, root=(root or self.first_root).decode())

    def refresh(self, ok=True, **expected):
        return self.step(do="refresh", ok=ok, **expected)

    def download(self, *names, ok=True, **expected):
        return self.step(do="download", names=names, ok=ok, **expected)

    def step(self, **step):
        state = self.folder / str(len(self.steps))
        for name, data in self.repository.files.items():
            path = state / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.steps.append(step)
        return self

    def write(self):
        (self.folder / "case.json").write_text(json.dumps({"steps": self.steps}, indent=1))


def versions(root=1, timestamp=1, snapshot=1, targets=1):
    found = {"root": root, "timestamp": timestamp, "snapshot": snapshot, "targets": targets}
    return {role: version for role, version in found.items() if version}


def begun(name, **settings):
    """A case whose client has seen the first state."""
    case = Case(name, **settings).init().refresh(trusted=versions())
    return case, case.repository


def plain():
    for consistent in (True, False):
        word = "consistent" if consistent else "not-consistent"
        names = FIRST if consistent else [*AGAIN, "snapshot.json", "targets.json"]
        case = Case(f"first-refresh-{word}", consistent=consistent).init()
        case.refresh(asked=names, trusted=versions()).refresh(asked=AGAIN, trusted=versions())
        case = Case(f"download-refreshes-first-{word}", consistent=consistent).init()
        case.download("nothing", ok=False, asked=names, trusted=versions(), files=[])
    case, repository = begun("everything-changes")
    repository.publish()
    repository.sign("root")
    case.refresh(trusted=versions(2, 2, 2, 2))
    case, repository = begun("only-the-timestamp-changes")
    repository.sign("timestamp")
    case.refresh(asked=AGAIN, trusted=versions(timestamp=2))
    case, repository = begun("a-timestamp-of-the-same-version-is-not-taken")
    repository.timestamp.snapshot_meta.version = 100
    repository.sign("timestamp", bump=False)
    case.refresh(asked=AGAIN, trusted=versions())
    case, repository = begun("targets-that-the-snapshot-does-not-list-are-not-asked-for")
    repository.sign("targets")
    case.refresh(asked=AGAIN, trusted=versions())
    case, repository = begun("unknown-fields-are-signed-too")
    repository.root.unrecognized_fields["new"] = {"a": [1, "\u00e9", None, True]}
    repository.root.keys[repository.root.roles["root"].keyids[0]].unrecognized_fields["new"] = {"b": 1}
    repository.root.roles["root"].unrecognized_fields["new"] = "c"
    repository.sign("root")
    case.refresh(trusted=versions(2))
    case, repository = begun("a-key-names-unknown-hashes")
    for key in repository.root.keys.values():
        key.unrecognized_fields["keyid_hash_algorithms"] = ["md5"]
    repository.sign("root")
    repository.publish()
    case.refresh(trusted=versions(2, 2, 2, 2))


def first_roots():
    for name, change in {
        "without-version": lambda root: root["signed"].pop("version"),
        "unsigned": lambda root: root.update(signatures=[]),
        "with-another-signature": lambda root: root["signatures"][0].update(sig="00" * 64),
        "changed": lambda root: root["signed"].update(version=7),
        "of-another-type": lambda root: root["signed"].update(_type="targets"),
    }.items():
        case = Case(f"first-root-{name}")
        root = json.loads(case.first_root)
        change(root)
        case.init(json.dumps(root).encode(), ok=None).refresh(ok=False, asked=[])


def signatures():
    trusted = {
        "root": versions(1, 0, 0, 0),
        "timestamp": versions(1, 0, 0, 0),
        "snapshot": versions(1, 1, 0, 0),
        "targets": versions(1, 1, 1, 0),
    }
    wrong = {
        "unsigned": lambda signed: signed.update(signatures=[]),
        "with-another-signature": lambda signed: signed["signatures"][0].update(sig="11" * 64),
        "changed": lambda signed: signed["signed"].update(new=1),
        "signed-by-an-unknown-key": lambda signed: signed["signatures"][0].update(keyid="ab" * 32),
        "signed-twice-by-one-key": lambda signed: signed["signatures"].append(signed["signatures"][0]),
    }
    for role in TOP:
        for name, change in wrong.items():
            case = Case(f"{role}-{name}").init()
            if role == "root":
                case.repository.sign("root")
            case.repository.edit(role, change)
            case.refresh(ok=False, trusted=trusted[role])
        case = Case(f"{role}-below-threshold").init()
        repository = case.repository
        repository.add_key(role)
        repository.signers[role].pop()
        repository.root.roles[role].threshold = 2
        repository.sign("root")
        expected = dict(trusted[role]) if role == "root" else {**trusted[role], "root": 2}
        case.refresh(ok=False, trusted=expected)
        if role == "root":
            continue
        case = Case(f"{role}-signed-by-two-of-two").init()
        case.repository.add_key(role)
        case.repository.root.roles[role].threshold = 2
        case.repository.sign("root")
        case.repository.publish()
        case.refresh(trusted=versions(2, 2, 2, 2))
        case = Case(f"{role}-is-signed-by-the-key-of-root").init()
        case.repository.signers[role] = case.repository.signers["root"]
        case.repository.publish()
        case.refresh(ok=False, trusted={**{role: 2 for role in trusted[role]}, "root": 1})
    for scheme, generate in KEYS.items():
        for role in ("root", "targets"):
            case, repository = begun(f"{role}-with-{scheme}")
            signer = repository.add_key(role, generate())
            repository.root.roles[role].threshold = 2
            repository.sign("root")
            repository.publish()
            case.refresh(trusted=versions(2, 2, 2, 2))
            repository.sign("root") if role == "root" else repository.publish()
            keyid = signer.public_key.keyid

            def spoil(signed):
                for signature in signed["signatures"]:
                    if signature["keyid"] == keyid:
                        signature["sig"] = signature["sig"][:-2] + ("00" if signature["sig"][-2:] != "00" else "01")

            repository.edit(role, spoil)
            case.refresh(ok=False)


# Of each version of root: its keys, its threshold, who signs it; and whether the last one is to be taken.
ROTATIONS = {
    "one-key": ([([1], 1, [1]), ([2], 1, [2, 1]), ([2], 1, [2])], True),
    "one-key-with-more-signatures": ([([1], 1, [3, 1, 4]), ([2], 1, [3, 2, 1, 4]), ([2], 1, [3, 2, 4])], True),
    "three-of-five-by-others": ([([0, 1, 2, 3, 4], 3, who) for who in ([0, 2, 4], [0, 4, 1], [0, 1, 3])], True),
    "one-of-five": ([([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([0, 1, 3, 4, 5], 3, [0, 4, 1])], True),
    "five-of-five": (
        [([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7]), ([5, 6, 7, 8, 9], 3, [5, 6, 7])],
        True,
    ),
    "threshold-up": ([([1, 2, 3], 1, [1]), ([1, 2, 3], 2, [1, 2])], True),
    "threshold-down": ([([1, 2, 3], 2, [1, 2]), ([1, 2, 3], 1, [1, 2]), ([1, 2, 3], 1, [1])], True),
    "threshold-up-with-a-new-key": ([([1], 1, [1]), ([1, 2], 2, [1, 2])], True),
    "not-by-the-old-key": ([([1], 1, [1]), ([2], 1, [2, 3, 4])], False),
    "not-by-the-new-key": ([([1], 1, [1]), ([2], 1, [1, 3, 4])], False),
    "not-by-three-new-keys": ([([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([0, 1, 3, 4, 5], 3, [0, 2, 4])], False),
    "not-by-three-old-keys": ([([0, 1, 2, 3, 4], 3, [0, 2, 4]), ([0, 1, 3, 4, 5], 3, [0, 4, 5])], False),
    "threshold-up-not-reached": ([([1, 2, 3], 1, [1]), ([1, 2, 3], 2, [2])], False),
    "threshold-down-too-early": ([([1, 2, 3], 2, [1, 2]), ([1, 2, 3], 1, [1])], False),
}


def rotations():
    signers = [CryptoSigner.generate_ed25519() for _ in range(10)]
    for name, (roots, ok) in ROTATIONS.items():
        case = Case(f"root-rotation-{name}")
        repository = case.repository
        repository.root.version = 0
        for keys, threshold, by in roots:
            repository.root.roles["root"].keyids.clear()
            for key in keys:
                repository.root.add_key(signers[key].public_key, "root")
            repository.root.roles["root"].threshold = threshold
            repository.signers["root"] = [signers[one] for one in by]
            repository.sign("root")
        last = len(roots) if ok else len(roots) - 1
        trusted = versions(last) if ok else versions(last, 0, 0, 0)
        case.init(repository.files["metadata/1.root.json"]).refresh(ok=ok, trusted=trusted)
    for role in TOP[1:]:
        case, repository = begun(f"{role}-key-is-rotated")
        repository.rotate(role)
        repository.sign("root")
        repository.publish()
        case.refresh(trusted=versions(2, 2, 2, 2))
        case, repository = begun(f"{role}-key-was-revoked")
        old = repository.signers[role]
        repository.rotate(role)
        repository.signers[role] = old
        repository.sign("root")
        repository.publish()
        case.refresh(ok=False)
    case, repository = begun("ten-rotations-of-every-key")
    for _ in range(10):
        old = list(repository.signers["root"])
        for role in TOP:
            repository.rotate(role)
        new = list(repository.signers["root"])
        repository.signers["root"] = new + old
        repository.sign("root")
        repository.signers["root"] = new
    repository.publish()
    case.refresh(trusted=versions(11, 2, 2, 2))
    case, repository = begun("after-forty-roots-a-second-try-is-needed")
    for _ in range(40):
        repository.sign("root")
    case.refresh(ok=False, trusted=versions(33)).refresh(trusted=versions(41))
    for name, change in {"skips-a-version": 3, "repeats-a-version": 1}.items():
        case, repository = begun(f"root-{name}")
        repository.root.version = change
        repository.sign("root", bump=False)
        repository.files["metadata/2.root.json"] = repository.files[f"metadata/{change}.root.json"]
        case.refresh(ok=False, trusted=versions())


def rollbacks():
    case, repository = begun("timestamp-rollback")
    repository.sign("timestamp")
    case.refresh(trusted=versions(timestamp=2))
    repository.timestamp.version = 1
    repository.sign("timestamp", bump=False)
    case.refresh(ok=False, asked=AGAIN, trusted=versions(timestamp=2))
    for hashes in (False, True):
        word = "-with-hashes" if hashes else ""
        case, repository = begun(f"snapshot-rollback{word}", hashes=hashes)
        repository.publish()
        case.refresh(trusted=versions(1, 2, 2, 2))
        repository.snapshot.version = 1
        repository.sign("snapshot", bump=False)
        repository.sign("timestamp")
        case.refresh(ok=False, asked=AGAIN, trusted=versions(1, 2, 2, 2))
        case, repository = begun(f"targets-rollback{word}", hashes=hashes)
        repository.publish()
        case.refresh(trusted=versions(1, 2, 2, 2))
        repository.targets.version = 1
        repository.sign("targets", bump=False)
        repository.sign("snapshot")
        repository.sign("timestamp")
        case.refresh(ok=False, trusted={"root": 1, "timestamp": 3, "snapshot": 2, "targets": 2})
    case, repository = begun("targets-vanish-from-the-snapshot")
    del repository.snapshot.meta["targets.json"]
    repository.sign("snapshot")
    repository.sign("timestamp")
    case.refresh(ok=False)
    case = Case("delegated-rollback").init()
    repository = case.repository
    repository.delegate("targets", "one")
    repository.add("file", b"new", "one")
    repository.publish()
    repository.publish("one")
    case.download("file", files=["new"])
    repository.delegated["one"].version = 1
    repository.sign("one", bump=False)
    repository.sign("snapshot")
    repository.sign("timestamp")
    case.refresh(ok=False)
    for role, rotated, expected in (
        ("timestamp", ["timestamp"], versions(2, 1, 1, 1)),
        ("snapshot", ["snapshot", "timestamp"], versions(2, 3, 1, 1)),
        ("targets", ["snapshot", "timestamp"], versions(2, 3, 3, 1)),
    ):
        case, repository = begun(f"{role}-fast-forward-recovery")
        repository.role(role).version = 1000
        roles = TOP[1:][TOP[1:].index(role):: -1] if role != "targets" else ["targets", "snapshot", "timestamp"]
        for each in ["targets", "snapshot", "timestamp"]:
            if each in roles:
                repository.sign(each)
        case.refresh(trusted={**versions(1, 2, 2 if role == "targets" else 1, 1), role: 1001, "timestamp": repository.timestamp.version})
        for each in rotated:
            repository.rotate(each)
        repository.sign("root")
        repository.role(role).version = 1
        repository.sign(role, bump=False)
        if role == "targets":
            repository.sign("snapshot")
        if role != "timestamp":
            repository.sign("timestamp")
        case.refresh(trusted=expected)


def mixtures():
    case, repository = begun("snapshot-is-not-the-one-that-the-timestamp-names")
    repository.publish()
    repository.files["metadata/2.snapshot.json"] = repository.files["metadata/1.snapshot.json"]
    case.refresh(ok=False, trusted=versions(timestamp=2))
    case, repository = begun("targets-are-not-those-that-the-snapshot-names")
    repository.publish()
    repository.files["metadata/2.targets.json"] = repository.files["metadata/1.targets.json"]
    case.refresh(ok=False, trusted=versions(timestamp=2, snapshot=2))
    for role, trusted in (("snapshot", versions(timestamp=2)), ("targets", versions(timestamp=2, snapshot=2))):
        for name, listed in {
            "hash": lambda meta: meta.hashes.update(sha256="12" * 32),
            "length": lambda meta: setattr(meta, "length", meta.length - 1),
        }.items():
            case, repository = begun(f"{role}-of-another-{name}", hashes=True)
            repository.sign("targets")
            if role == "targets":
                listed(repository.snapshot.meta["targets.json"])
            repository.sign("snapshot")
            if role == "snapshot":
                listed(repository.timestamp.snapshot_meta)
            repository.sign("timestamp")
            case.refresh(ok=False, trusted=trusted)
    for role, other in (("timestamp", "snapshot"), ("snapshot", "targets"), ("targets", "snapshot")):
        case = Case(f"{role}-is-{other}").init()
        case.repository.files[case.repository.name(role)] = case.repository.files[case.repository.name(other)]
        case.refresh(ok=False)
    for role in TOP:
        for name, data in {
            "is-empty": b"",
            "is-no-json": b"not json",
            "is-cut-off": None,
            "is-too-large": b'{"signed": "' + b"x" * 6_000_000 + b'"}',
            "is-a-tower": b'{"signed": ' + b"[" * 10_000,
        }.items():
            case, repository = begun(f"{role}-{name}")
            repository.publish()
            if role == "root":
                repository.sign("root")
            file = repository.name(role)
            repository.files[file] = data if data is not None else repository.files[file][:-20]
            case.refresh(ok=False)


def expiries():
    for role, trusted in (
        ("timestamp", versions()),
        ("snapshot", versions(timestamp=2)),
        ("targets", versions(timestamp=2, snapshot=2)),
    ):
        case, repository = begun(f"{role}-has-expired")
        repository.role(role).expires = PAST
        repository.publish()
        case.refresh(ok=False, trusted=trusted)
        repository.role(role).expires = FINE
        repository.publish()
        case.refresh(trusted=versions(1, 3, 3, 3))
    case, repository = begun("root-has-expired")
    repository.root.expires = PAST
    repository.sign("root")
    repository.publish()
    case.refresh(ok=False, trusted=versions(2))
    repository.root.expires = FINE
    repository.sign("root")
    case.refresh(trusted=versions(3, 2, 2, 2))
    case, repository = begun("a-root-between-may-have-expired")
    repository.root.expires = PAST
    repository.sign("root")
    repository.root.expires = FINE
    repository.sign("root")
    case.refresh(trusted=versions(3))
    for name, days, ok in (("is-renewed", 18, True), ("is-not-renewed", 18, False)):
        case = Case(f"what-is-here-has-expired-and-{name}").init()
        repository = case.repository
        repository.timestamp.expires = NOW + datetime.timedelta(days=7)
        repository.snapshot.expires = NOW + datetime.timedelta(days=7)
        repository.publish()
        case.refresh(trusted=versions(1, 2, 2, 2))
        if ok:
            repository.timestamp.expires = NOW + datetime.timedelta(days=21)
            repository.snapshot.expires = NOW + datetime.timedelta(days=21)
            repository.publish()
        expected = versions(1, 3, 3, 3) if ok else versions(1, 2, 2, 2)
        case.refresh(days=days, ok=ok, trusted=expected)
    case = Case("an-expired-timestamp-still-guards-against-rollback").init()
    repository = case.repository
    repository.timestamp.expires = NOW + datetime.timedelta(days=7)
    repository.sign("timestamp")
    case.refresh(trusted=versions(timestamp=2))
    repository.timestamp.expires = NOW + datetime.timedelta(days=21)
    repository.timestamp.version = 1
    repository.sign("timestamp", bump=False)
    case.refresh(days=18, ok=False, trusted=versions(timestamp=2))
    for name, first, second, ok in (
        ("on-arrival", -1, None, False),
        ("later", 7, None, False),
        ("later-and-is-renewed", 7, 21, True),
    ):
        case = Case(f"a-delegated-role-expires-{name}").init()
        repository = case.repository
        repository.delegate("targets", "one")
        repository.delegated["one"].expires = NOW + datetime.timedelta(days=first)
        repository.add("first", b"first", "one")
        repository.add("second", b"second", "one")
        repository.publish()
        case.refresh(trusted=versions(1, 2, 2, 2))
        if first > 0:
            case.download("first", files=["first"])
        if second:
            repository.delegated["one"].expires = NOW + datetime.timedelta(days=second)
            repository.publish("one")
        files = (["first"] if first > 0 else []) + (["second"] if ok else [])
        case.download("second", days=18 if first > 0 else 0, ok=ok, files=files)


def downloads():
    for consistent in (True, False):
        word = "consistent" if consistent else "not-consistent"
        case = Case(f"a-target-comes-once-{word}", consistent=consistent).init()
        case.repository.add("file", b"what is in it")
        case.repository.publish()
        case.refresh(files=[])
        case.download("file", files=["what is in it"], targets=1)
        case.download("file", files=["what is in it"], targets=0)
        case = Case(f"targets-in-folders-{word}", consistent=consistent).init()
        for path in ("a/b/c", "d"):
            case.repository.add(path, path.encode())
        case.repository.publish()
        case.download("a/b/c", "d", files=["a/b/c", "d"], targets=2)
        case = Case(f"targets-with-unusual-names-{word}", consistent=consistent).init()
        names = ["a b", "50%", "%41", "what?", "#1", "d\u00e9j\u00e0 vu", "a;b=c", "~x", "a+b", "\u4e2d/\u6587"]
        for name in names:
            case.repository.add(name, name.encode())
        case.repository.publish()
        case.download(*names, files=names, targets=len(names))
    for name, data in {"is-another": b"what is IN it", "is-longer": b"what is in it.", "is-cut-off": b"what", "is-empty": b""}.items():
        case = Case(f"a-target-that-{name}").init()
        case.repository.add("file", b"what is in it")
        case.repository.publish()
        case.repository.serve("file", data)
        case.download("file", ok=False, files=[])
        case.repository.serve("file", b"what is in it")
        case.download("file", files=["what is in it"])
    case = Case("a-target-changes-ten-times").init()
    for turn in range(10):
        data = f"turn {turn}".encode()
        case.repository.add("file", data)
        case.repository.publish()
        case.download("file", files=[data.decode()], targets=1)
        case.repository.serve("file", b"not signed")
        case.download("file", ok=None, files=[data.decode()])
    case = Case("a-target-is-taken-back").init()
    case.repository.add("file", b"what is in it")
    case.repository.publish()
    case.download("file", files=["what is in it"])
    del case.repository.targets.targets["file"]
    case.repository.publish()
    case.download("file", ok=False)
    for name in ("../up", "/root", "a/../../up", "."):
        case = Case(f"a-target-called-{quote(name, '')}-stays-in-its-folder").init()
        target = TargetFile.from_data(name, b"out", ["sha256"])
        case.repository.targets.targets[name] = target
        case.repository.publish()
        case.download(name, ok=None, outside=False)


# Of each graph: who delegates to whom, with what; and in which order roles are asked for a file that none has.
GRAPHS = {
    "one": ([("targets", "A")], "A"),
    "two": ([("targets", "A"), ("targets", "B")], "AB"),
    "deep": ([("targets", "A"), ("targets", "B"), ("B", "C")], "ABC"),
    "depth-first": ([("targets", "A"), ("targets", "B"), ("A", "C"), ("A", "D")], "ACDB"),
    "deeper-first": ([("targets", "A"), ("targets", "B"), ("A", "C"), ("C", "D")], "ACDB"),
    "terminating": ([("targets", "A"), ("targets", "B"), ("A", "C", {"terminating": True}), ("A", "D")], "AC"),
    "below-terminating": ([("targets", "A"), ("targets", "B"), ("A", "C", {"terminating": True}), ("C", "D")], "ACD"),
    "other-paths": ([("targets", "A", {"paths": ["*.py"]}), ("targets", "B"), ("A", "C")], "B"),
    "deeper-other-paths": ([("targets", "A"), ("targets", "B"), ("A", "C", {"paths": ["*.py"]}), ("C", "D")], "AB"),
    "cycle": ([("targets", "A"), ("targets", "B"), ("B", "C"), ("C", "D"), ("D", "B")], "ABCD"),
    "itself": ([("targets", "A"), ("A", "A")], "A"),
    "two-to-one": ([("targets", "A"), ("targets", "B"), ("B", "C"), ("A", "C")], "ACB"),
    "two-to-one-by-path": ([("targets", "A"), ("targets", "B"), ("B", "C"), ("A", "C", {"paths": ["*.py"]})], "ABC"),
    "not-at-all": ([("targets", "A", {"paths": []})], ""),
    "slash-is-no-letter": ([("targets", "A", {"paths": ["*/*"]}), ("targets", "B", {"paths": ["m?ssing"]})], "B"),
}


def delegations():
    for name, (graph, order) in GRAPHS.items():
        case = Case(f"delegation-graph-{name}").init()
        for by, role, *more in graph:
            case.repository.delegate(by, role, **(more[0] if more else {}))
        case.repository.publish()
        asked = [*AGAIN, "2.snapshot.json", "2.targets.json", *(f"1.{role}.json" for role in order)]
        case.download("missing", ok=False, asked=asked)
    tree = [("targets", "A", ["*.doc", "*.md"]), ("targets", "B", ["releases/*/*"]), ("B", "C", ["releases/x/*"]), ("B", "D", ["releases/y/*.zip"])]
    for path, role, order in (
        ("file", "targets", ""),
        ("README.md", "A", "A"),
        ("releases/x/x_v1", "C", "BC"),
        ("releases/y/y_v1.zip", "D", "BD"),
        ("releases/z/z_v1.zip", None, "B"),
        ("docs/README.md", None, ""),
    ):
        case = Case(f"delegated-{path.replace('/', '-')}").init()
        for by, name, paths in tree:
            case.repository.delegate(by, name, paths)
        case.repository.add(path, path.encode(), role or "D")
        case.repository.publish()
        asked = [*AGAIN, "2.snapshot.json", "2.targets.json", *(f"1.{name}.json" for name in order)]
        case.download(path, ok=role is not None, asked=asked, files=[path] if role else [])
    for path in ("in", "out"):
        prefix = hashlib.sha256(b"in").hexdigest()[:3]
        case = Case(f"hash-prefix-{path}").init()
        case.repository.delegate("targets", "one", prefixes=[prefix])
        case.repository.add(path, path.encode(), "one")
        case.repository.publish()
        case.download(path, ok=path == "in", files=["in"] if path == "in" else [])
    for name in ("?", "#", "/one", "../one", "..", "a b", "d\u00e9j\u00e0", "%2F", "1", "7.root", "a\\b"):
        case = Case(f"role-called-{quote(name, '').replace('.', 'dot')}").init()
        case.repository.delegate("targets", name)
        case.repository.publish()
        asked = [*AGAIN, "2.snapshot.json", "2.targets.json", f"1.{quote(name, '')}.json"]
        case.download("missing", ok=False, asked=asked, roles=5, outside=False)
    for name, change in {
        "is-unsigned": lambda signed: signed.update(signatures=[]),
        "is-changed": lambda signed: signed["signed"].update(new=1),
        "is-signed-twice-by-one-key": lambda signed: signed["signatures"].append(signed["signatures"][0]),
    }.items():
        case = Case(f"a-delegated-role-{name}").init()
        case.repository.delegate("targets", "one")
        case.repository.add("file", b"not to be had", "one")
        case.repository.publish()
        case.repository.edit("one", change)
        case.download("file", ok=False, files=[], trusted=versions(1, 2, 2, 2))
    case = Case("a-delegated-role-below-threshold").init()
    case.repository.delegate("targets", "one", threshold=2)
    case.repository.add("file", b"not to be had", "one")
    case.repository.publish()
    case.download("file", ok=False, files=[])
    case = Case("a-delegated-role-with-the-key-of-targets").init()
    case.repository.delegate("targets", "one")
    case.repository.signers["one"] = case.repository.signers["targets"]
    case.repository.add("file", b"not to be had", "one")
    case.repository.publish()
    case.download("file", ok=False, files=[])
    case = Case("a-delegated-role-not-in-the-snapshot").init()
    case.repository.delegate("targets", "one")
    case.repository.add("file", b"not to be had", "one")
    case.repository.publish()
    del case.repository.snapshot.meta["one.json"]
    case.repository.sign("snapshot")
    case.repository.sign("timestamp")
    case.download("file", ok=False, files=[])
    case = Case("a-delegated-role-of-another-version").init()
    case.repository.delegate("targets", "one")
    case.repository.publish()
    old = case.repository.files["metadata/1.one.json"]
    case.repository.add("file", b"not to be had", "one")
    case.repository.publish("one")
    case.repository.files["metadata/2.one.json"] = old
    case.download("file", ok=False, files=[])
    case = Case("a-delegated-role-is-replaced-without-the-targets").init()
    case.repository.delegate("targets", "one")
    case.repository.add("file", b"first", "one")
    case.repository.publish()
    case.download("file", files=["first"])
    case.repository.add("file", b"second", "one")
    case.repository.publish("one")
    case.download("file", files=["second"])


CASES = []
OUT = pathlib.Path(sys.argv[1])
for make in (plain, first_roots, signatures, rotations, rollbacks, mixtures, expiries, downloads, delegations):
    make()
for made in CASES:
    made.write()
print(len(CASES))
