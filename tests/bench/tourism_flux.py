#!/usr/bin/env python3
"""Makes a DATAtourisme flux of many objects and says how long its import takes and how much memory it needs.

    python3 tests/bench/tourism_flux.py --hub target/debug/parvis-hub [--objects 50000] [--folder] [--small]

An object has the size of a real one, 130 to 140 KB, most of it labels in seven languages and repeated opening hours;
with --small 8 to 16 KB. The flux is the same on every run and stays in --dir (removed before the next).
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import time
import zipfile

LANGUAGES = ["fr", "en", "de", "es", "it", "nl", "pt"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WORDS = "Une maison au bord de la rivière, ouverte toute l’année aux familles et aux marcheurs. "


def in_all(text):
    return {language: [text] for language in LANGUAGES}


def city(number):
    country = {"@id": "kb:France", "@type": ["schema:Country"], "rdfs:label": in_all("France")}
    region = {"@id": "kb:France76", "@type": ["Region"], "rdfs:label": in_all("Occitanie"), "isPartOfCountry": country}
    department = {"@id": "kb:81", "@type": ["Department"], "rdfs:label": in_all("Tarn"), "isPartOfRegion": region}
    label = in_all(f"Ville {number % 300}")
    return {"@id": f"kb:{number}", "@type": ["City"], "rdfs:label": label, "isPartOfDepartment": department}


def hours(number, note):
    day = DAYS[number % 7]
    season = number // 7
    name = {"@id": f"schema:{day}", "@type": ["schema:DayOfWeek"], "rdfs:label": in_all(day)}
    return {
        "@id": f"https://data.example.org/hours/{number}",
        "schema:opens": "09:30:00",
        "schema:closes": "12:00:00",
        "schema:dayOfWeek": [name],
        "schema:validFrom": f"2026-{season % 12 + 1:02}-01T09:30:00",
        "schema:validThrough": f"2026-{season % 12 + 1:02}-28T12:00:00",
        "additionalInformation": in_all(note),
        "hasTranslatedProperty": translated("additionalInformation"),
    }


def translated(field):
    machine = ["https://api.deepl.com/v2/translate"]
    each = [{"dc:contributor": machine, "rdf:language": [language]} for language in LANGUAGES[1:]]
    return [dict(one, **{"rdf:predicate": [field]}) for one in each]


def template(small):
    note = WORDS * (1 if small else 3)
    picture = {
        "ebucore:hasAnnotation": [{"ebucore:isCoveredBy": "By-NC-ND 4.0", "credits": ["Office de tourisme"]}],
        "ebucore:hasRelatedResource": [{"ebucore:locator": ["https://media.example.org/NUMBER.jpg"]}],
    }
    address = {"schema:streetAddress": ["1 rue Droite"], "schema:postalCode": "81000", "hasAddressCity": city(81004)}
    place = {
        "schema:address": [address],
        "schema:geo": {"schema:latitude": "43.92", "schema:longitude": "2.14"},
        "schema:openingHoursSpecification": [hours(number, note) for number in range(2 if small else 40)],
    }
    maker = {"schema:legalName": "Office de tourisme", "schema:address": [address] * (1 if small else 8)}
    return {
        "@id": "https://data.example.org/81/NUMBER",
        "dc:identifier": "NUMBER",
        "@type": ["PlaceOfInterest", "PointOfInterest", "CulturalSite", "Museum"],
        "rdfs:label": {"fr": ["Musée numéro NUMBER"]},
        "rdfs:comment": in_all(WORDS),
        "hasDescription": [{"dc:description": in_all(WORDS * 8), "hasTranslatedProperty": translated("dc:description")}],
        "hasBeenCreatedBy": maker,
        "hasContact": [{"schema:telephone": ["05 00 00 00 00"], "foaf:homepage": ["https://example.org/NUMBER"]}],
        "hasMainRepresentation": [picture],
        "hasTheme": [{"@id": "kb:History", "rdfs:label": in_all("Histoire")}],
        "isLocatedAt": [place],
        "lastUpdate": "2026-04-30",
        "reducedMobilityAccess": True,
    }


def objects(count, small):
    text = json.dumps(template(small), ensure_ascii=False)
    for number in range(count):
        name = f"{number:08x}-0000-3000-8000-000000000000"
        yield f"{name[-1]}/{name[:2]}/81-{name}.json", text.replace("NUMBER", name)


def write(args, path):
    index = []
    if args.folder:
        for name, text in objects(args.objects, args.small):
            index.append({"label": name, "file": name})
            file = os.path.join(path, "objects", name)
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "w", encoding="utf-8") as out:
                out.write(text)
        with open(os.path.join(path, "index.json"), "w", encoding="utf-8") as out:
            json.dump(index, out)
        return
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as flux:
        for name, text in objects(args.objects, args.small):
            index.append({"label": name, "file": name})
            flux.writestr("objects/" + name, text)
        flux.writestr("index.json", json.dumps(index))


def measure(command):
    """Seconds, peak memory in MiB (VmHWM), and what the command printed."""
    began = time.monotonic()
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peak = 0
    while running.poll() is None:
        try:
            with open(f"/proc/{running.pid}/status", encoding="ascii") as status:
                found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
                peak = max(peak, int(found[1])) if found else peak
        except OSError:
            pass
        time.sleep(0.05)
    seconds = time.monotonic() - began
    printed = running.stdout.read().split("\r")[-1].strip()
    if running.returncode != 0:
        raise SystemExit(f"the import failed: {printed}")
    return seconds, peak / 1024, printed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True, help="the program to measure")
    parser.add_argument("--objects", type=int, default=50_000)
    parser.add_argument("--folder", action="store_true", help="an unpacked folder instead of a ZIP archive")
    parser.add_argument("--small", action="store_true", help="objects of 8 to 16 KB")
    parser.add_argument("--cores", default="0,1", help="the processors that the import may use")
    parser.add_argument("--dir", default="/tmp/parvis-tourism-flux")
    args = parser.parse_args()
    shutil.rmtree(args.dir, ignore_errors=True)
    os.makedirs(args.dir)
    path = os.path.join(args.dir, "flux" if args.folder else "flux.zip")
    if args.folder:
        os.makedirs(path)
    write(args, path)
    size = len(next(objects(1, args.small))[1].encode())
    print(f"{args.objects} objects of {size / 1000:.0f} KB, {args.objects * size / 1e9:.1f} GB unpacked")
    out = os.path.join(args.dir, "out.json")
    import_flux = ["import", "datatourisme", "--from", path, "--out", out, "--at", "2026-05-01T10:00:00Z"]
    seconds, peak, printed = measure(["taskset", "-c", args.cores, args.hub] + import_flux)
    print(printed)
    print(f"{seconds:.1f} s on processors {args.cores}, at most {peak:.0f} MiB of memory")
    shutil.rmtree(args.dir)


if __name__ == "__main__":
    main()
