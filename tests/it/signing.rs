//! The process that holds the keys, and what it refuses to sign.

use crate::published_town::{ONLINE, PASSPHRASE, Running, Town, article, files, vouch};
use parvis::hub::{Act, Change, Keyring, Passphrase, Signer, Signing, Site, ask, endings, listen};
use parvis::publication::Object;
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

fn at(moment: &str) -> jiff::Timestamp {
    moment.parse().unwrap()
}

/// What a signer makes of one question.
fn answer(signer: &mut Signer, question: &str) -> Act {
    let (mut asking, answering) = UnixStream::pair().unwrap();
    asking.write_all(question.as_bytes()).unwrap();
    let act = signer.answer(&answering, jiff::Timestamp::now());
    drop(answering);
    let mut heard = String::new();
    BufReader::new(asking).read_line(&mut heard).unwrap();
    assert_eq!(serde_json::from_str::<Act>(&heard).unwrap(), act);
    act
}

fn signer(town: &Town) -> Signer {
    let site = Site::new(town.at("out"));
    Signer::new(&town.at("keys"), Passphrase::new(PASSPHRASE), &ONLINE, site).unwrap()
}

#[test]
fn publish_asks_a_signer_that_runs_beside_it() {
    let town = Town::new("signer");
    fs::create_dir(town.at("out")).unwrap();
    let mut running = town.start("sign --keys keys --passphrase-file passphrase --publication out --listen sign.sock");
    let mut log = BufReader::new(running.0.stdout.take().unwrap()).lines();
    // Its first act, when it begins: there is nothing yet that it could keep fresh.
    let first: Act = serde_json::from_str(&log.next().unwrap().unwrap()).unwrap();
    assert_eq!((first.act.as_str(), first.by.as_str()), ("refused", "clock"));
    town.done("publish --content content --signer sign.sock --out out");
    let root = fs::read(town.at("out/root.json")).unwrap();
    assert_eq!(vouch(&town.at("out"), &root, "default").unwrap().1.len(), 3);
    let mut logged = || -> Act { serde_json::from_str(&log.next().unwrap().unwrap()).unwrap() };
    assert_eq!(logged().act, "told");
    let signed = logged();
    assert_eq!((signed.act.as_str(), signed.by.as_str(), signed.items), ("signed", "request", Some(3)));
    // It says which groups there are: whoever publishes need not read its folder.
    town.done("group add hall --keys keys");
    let told = town.done("publish --content content --signer sign.sock --out out");
    assert!(told.contains("new groups: hall"), "{told}");
    let told = town.done("publish --content content --signer sign.sock --out out");
    assert!(told.starts_with("3 items in 2 display groups") && !told.contains("removed groups"), "{told}");
    assert!(listen(&town.at("sign.sock")).is_err(), "a second signer on the same socket");
    assert!(town.refused("publish --content content --signer gone.sock --out out").contains("gone.sock: no signer"));
}

/// Processor time that a process has used, in hundredths of a second.
fn ticks(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11..13].iter().map(|field| field.parse::<u64>().unwrap()).sum()
}

#[test]
fn a_signer_without_file_handles_waits_for_some() {
    let town = Town::published("handles");
    let sign = "sign --keys keys --passphrase-file passphrase --publication out --listen sign.sock";
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("ulimit -n 24 && exec {} {sign}", env!("CARGO_BIN_EXE_parvis-hub")));
    shell.current_dir(town.at("")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running(shell.spawn().unwrap());
    let mut log = BufReader::new(running.0.stdout.take().unwrap()).lines();
    log.next().unwrap().unwrap();
    let asking: Vec<_> = (0..40).map(|_| UnixStream::connect(town.at("sign.sock")).unwrap()).collect();
    let mut told = BufReader::new(running.0.stderr.take().unwrap()).lines();
    let words = told.next().unwrap().unwrap();
    assert!(words.contains("nobody new can ask"), "{words}");
    let before = ticks(running.0.id());
    // The first of them says nothing for as long as one may take: seconds.
    assert!(log.next().unwrap().unwrap().contains("could not be read"));
    let used = ticks(running.0.id()) - before;
    assert!(used < 25, "{used} hundredths of a second for waiting");
    drop(asking);
    town.write_items("a.json", &[article("t:1", "Changed")]);
    town.done("publish --content content --signer sign.sock --out out");
}

#[test]
fn what_says_it_is_larger_than_any_display_takes_is_refused() {
    const MOST: u64 = u64::MAX;
    let town = Town::published("too-long");
    town.write_items("a.json", &[article("t:1", "Changed")]);
    town.done("publish --content content --out out");
    let staged = town.json("out/staged.json");
    let hash = staged["revisions"]["default"]["hash"].as_str().unwrap();
    let revision = town.json(&format!("out/targets/default/{hash}.revision.json"));
    let segment = revision["segments"].as_array().unwrap().iter().position(|one| !one.is_null()).unwrap();
    for part in ["/frame".to_owned(), format!("/segments/{segment}")] {
        let mut forged = revision.clone();
        forged.pointer_mut(&part).unwrap()["length"] = MOST.into();
        let text = serde_json::to_vec(&forged).unwrap();
        let object = Object::of(&text);
        fs::write(town.at(&format!("out/targets/default/{}.revision.json", object.hash)), &text).unwrap();
        let forged = json!({"format": 1, "revisions": {"default": object}});
        fs::write(town.at("out/staged.json"), forged.to_string()).unwrap();
        let told = town.refused("sign --once --keys keys --passphrase-file passphrase --publication out");
        assert!(told.contains("larger than any display takes"), "{part}: {told}");
    }
    let mut targets = town.json("out/metadata/1.targets.json");
    targets["signed"]["targets"]["default/revision.json"]["length"] = MOST.into();
    fs::write(town.at("out/metadata/1.targets.json"), targets.to_string()).unwrap();
    let told = town.refused("bundle --publication out --out stick.parvis");
    assert!(told.contains("larger than any display takes"), "{told}");
}

#[test]
fn a_signer_signs_its_own_folder_and_nothing_else() {
    let town = Town::published("own");
    let mut signer = signer(&town);
    let out = town.at("out").canonicalize().unwrap();
    for (question, why) in [
        (format!("sign {}\n", town.at("keys").display()), "nothing else"),
        ("sign /nowhere\n".to_owned(), "nothing else"),
        ("delete everything\n".to_owned(), "only knows"),
        ("\u{0}\n".to_owned(), "only knows"),
        (format!("sign {}\n", out.display()), "nothing is staged"),
    ] {
        let before = files(&out);
        let act = answer(&mut signer, &question);
        assert!(act.act == "refused" && act.why.contains(why), "{question}: {act:?}");
        assert_eq!(files(&out), before);
    }
}

#[test]
fn what_is_not_whole_is_not_signed() {
    let town = Town::published("not-whole");
    town.write_items("a.json", &[article("t:1", "Changed")]);
    town.done("publish --content content --out out");
    let staged = files(&town.at("out"));
    let root = fs::read(town.at("out/root.json")).unwrap();
    let mut signer = signer(&town);
    let question = format!("sign {}\n", town.at("out").display());
    let new = |path: &String| path.starts_with("objects/") || path.starts_with("targets/");
    let revision = town.json("out/staged.json")["revisions"]["default"]["hash"].as_str().unwrap().to_owned();
    let mut refused = 0;
    for path in staged.keys().filter(|path| new(path)) {
        let is_staged = path.starts_with("objects/") || path.contains(&revision);
        fs::write(town.at("out").join(path), b"another").unwrap();
        let act = answer(&mut signer, &question);
        if act.act == "refused" {
            refused += 1;
            assert!(town.at("out/staged.json").exists());
        } else {
            // An object that only the publication before uses.
            fs::write(town.at("out/staged.json"), &staged["staged.json"]).unwrap();
        }
        assert!(act.act == "refused" || !path.contains(&revision), "{path}: {is_staged}");
        fs::write(town.at("out").join(path), &staged[path]).unwrap();
    }
    // Its revision, its frame, its one segment and its map tile.
    assert_eq!(refused, 4);
    fs::write(town.at("out/staged.json"), br#"{"format":1,"revisions":{}}"#).unwrap();
    assert_eq!(answer(&mut signer, &question).act, "refused");
    vouch(&town.at("out"), &root, "default").unwrap();
}

#[test]
fn the_clock_renews_the_timestamp_and_what_has_passed_half_of_its_time() {
    let town = Town::published("renew");
    let (ring, unlocked) = town.ring();
    let site = Site::new(town.at("out"));
    let sign = |days: i64| {
        let now = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
        let versions = Signing { ring: &ring, unlocked: &unlocked, site: &site, now }.sign(&Change::Nothing).unwrap();
        versions.into_keys().collect::<Vec<_>>()
    };
    assert_eq!(sign(0), ["timestamp"]);
    assert_eq!(sign(14), ["timestamp"]);
    assert_eq!(sign(16), ["bundle", "snapshot", "timestamp"]);
    assert_eq!(sign(17), ["timestamp"]);
    assert_eq!(sign(46), ["bundle", "snapshot", "targets", "timestamp"]);
    let root = fs::read(town.at("out/root.json")).unwrap();
    vouch(&town.at("out"), &root, "default").unwrap();
}

#[test]
fn an_ending_is_told_of_30_14_and_3_days_before() {
    let town = Town::published("endings");
    fs::rename(town.at("keys/targets.pem"), town.at("targets.pem")).unwrap();
    let (ring, _) = town.ring();
    let site = Site::new(town.at("out"));
    let targets = town.json("out/metadata/1.targets.json")["signed"]["expires"].as_str().unwrap().to_owned();
    let steps = |hours_before: i64| {
        let now = at(&targets) - jiff::SignedDuration::from_hours(hours_before);
        let endings = endings(&ring, &site, now).unwrap();
        endings.iter().filter(|ending| ending.role == "targets").map(parvis::hub::Ending::step).collect::<Vec<_>>()
    };
    assert_eq!(steps(24 * 30 + 1), [0; 0]);
    assert_eq!(steps(24 * 30), [30]);
    assert_eq!(steps(24 * 14), [14]);
    assert_eq!(steps(24 * 3), [3]);
    assert_eq!(steps(-1), [3]);
    // The signer tells once of each, and goes on with what it can sign.
    let mut signer = signer(&town);
    let mut told = |hours_before: i64| {
        let acts = signer.tick(at(&targets) - jiff::SignedDuration::from_hours(hours_before));
        assert_eq!(acts[0].act, "signed", "{acts:?}");
        acts.iter().filter(|act| act.act == "warning" && act.why.starts_with("targets")).count()
    };
    assert_eq!([24 * 31, 24 * 29, 24 * 28, 24 * 13, 24 * 2, 24].map(&mut told), [0, 1, 0, 1, 1, 0]);
}

#[test]
fn with_the_targets_key_offline_publishing_waits_for_it() {
    let town = Town::published("offline");
    fs::create_dir(town.at("stick")).unwrap();
    fs::rename(town.at("keys/targets.pem"), town.at("stick/targets.pem")).unwrap();
    town.publish();
    town.write_items("a.json", &[article("t:1", "Changed")]);
    let told = town.refused("publish --content content --keys keys --passphrase-file passphrase --out out");
    let (_, command) = told.split_once("parvis-hub sign ").unwrap_or_else(|| panic!("{told}"));
    assert!(told.contains("the role targets"), "{told}");
    let root = fs::read(town.at("out/root.json")).unwrap();
    assert_eq!(vouch(&town.at("out"), &root, "default").unwrap().1.len(), 3);
    town.done(&format!("sign {} --passphrase-file passphrase", command.replace("STICK", "stick")));
    assert_eq!(vouch(&town.at("out"), &root, "default").unwrap().1.len(), 1);
}

#[test]
fn the_passphrase_comes_from_systemd_where_it_gives_one() {
    let town = Town::published("credential");
    fs::create_dir(town.at("credentials")).unwrap();
    fs::copy(town.at("passphrase"), town.at("credentials/parvis-passphrase")).unwrap();
    let mut command = town.command("sign --once --keys keys --publication out");
    let signed = command.env("CREDENTIALS_DIRECTORY", town.at("credentials")).output().unwrap();
    assert!(signed.status.success(), "{}", String::from_utf8_lossy(&signed.stderr));
    assert!(town.refused("sign --once --keys keys --publication out").contains("--passphrase-file"));
}

#[test]
fn what_somebody_put_in_its_place_is_not_signed_again() {
    let town = Town::published("swapped");
    let old = files(&town.at("out/metadata"));
    town.write_items("a.json", &[article("t:1", "Changed")]);
    town.publish();
    let snapshot = town.at("out/metadata/2.snapshot.json");
    fs::write(&snapshot, &old["1.snapshot.json"]).unwrap();
    fs::write(town.at("out/metadata/2.targets.json"), &old["1.targets.json"]).unwrap();
    let told = town.refused("sign --once --keys keys --passphrase-file passphrase --publication out");
    assert!(told.contains("publish first"), "{told}");
    town.publish();
    let root = fs::read(town.at("out/root.json")).unwrap();
    assert_eq!(vouch(&town.at("out"), &root, "default").unwrap().1.len(), 1);
}

#[test]
fn versions_go_on_when_the_publication_is_lost() {
    let town = Town::published("lost");
    town.publish();
    fs::remove_dir_all(town.at("out")).unwrap();
    town.publish();
    assert_eq!(town.json("out/metadata/timestamp.json")["signed"]["version"], 3);
    assert!(ask(&town.at("no.sock"), &town.at("out")).is_err());
    assert!(Keyring::open(&town.at("out")).is_err());
}
