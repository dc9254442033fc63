//! Networks that are down, slow, lying or without end: the fault is named, little is taken, and afterwards all is well.

use super::server::{Reply, Server, listener};
use super::{STALL, bring, fault, http, now, settings};
use parvis::sync::{Asked, Fetch, FetchFault, Found, Http};
use std::io;
use std::sync::mpsc;
use std::time::Instant;

const GOOD: &[u8] = b"{\"signed\":{}}";

/// What a system may take from the server for a client that does not read any more.
const SOCKET_BYTES: u64 = 16 << 20;

/// One fault, one question; and then the server is a good one, and the same client takes from it what it has.
fn breaks_and_recovers(
    expected: impl Fn(&FetchFault) -> bool,
    behave: impl Fn(&mut Reply<'_>) -> io::Result<()> + Send + Sync + 'static,
) {
    let server = Server::start(move |_, reply| behave(reply));
    let http = http(&server);
    now(async {
        let fault = bring(&http, "metadata/timestamp.json", 16 << 10).await.expect_err("nothing came in the way");
        assert!(expected(&fault), "{fault:?}");
        assert_eq!(server.requests().len(), 1);
        assert!(server.sent() < SOCKET_BYTES, "it could send {} bytes", server.sent());
        server.behave(|request, reply| reply.file(request, "\"one\"", GOOD));
        assert_eq!(bring(&http, "metadata/timestamp.json", 16 << 10).await.unwrap().unwrap(), GOOD);
        assert_eq!(server.requests().len(), 2);
    });
}

fn is_stalled(fault: &FetchFault) -> bool {
    *fault == FetchFault::Stalled(STALL.as_secs())
}

fn is_broken(fault: &FetchFault) -> bool {
    matches!(fault, FetchFault::Broken(_))
}

fn is_too_long(fault: &FetchFault) -> bool {
    *fault == FetchFault::TooLong
}

fn is_page(fault: &FetchFault) -> bool {
    *fault == FetchFault::WebPage
}

#[test]
fn a_hub_that_is_down_cannot_be_reached_until_it_is_up() {
    let free = listener("127.0.0.1:0");
    let address = free.local_addr().unwrap();
    drop(free);
    let http = Http::new(&settings(format!("http://{address}/"))).unwrap();
    now(async {
        let fault = bring(&http, "root.json", 100).await.unwrap_err();
        assert!(matches!(&fault, FetchFault::Unreachable(words) if words.contains("refused")), "{fault:?}");
        let _server =
            Server::start_at(&listener(&address.to_string()), |request, reply| reply.file(request, "\"one\"", GOOD));
        assert_eq!(bring(&http, "root.json", 100).await.unwrap().unwrap(), GOOD);
    });
}

#[test]
fn a_name_that_nobody_knows_cannot_be_reached() {
    let http = Http::new(&settings("http://town.invalid/")).unwrap();
    let fault = now(bring(&http, "root.json", 100)).unwrap_err();
    assert!(matches!(fault, FetchFault::Unreachable(_)), "{fault:?}");
    let words = fault.to_string();
    assert!(words.starts_with("cannot be reached: ") && words.len() > 25, "{words}");
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for() {
    // Nothing at all is waited for as long as connecting may take, too: only that end is known.
    let server = Server::start(|_, reply| reply.stall());
    let mut settings = settings(server.url());
    settings.connect = STALL / 4;
    let http = Http::new(&settings).unwrap();
    assert!(is_stalled(&now(bring(&http, "x", 100)).unwrap_err()));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_server_that_stops_in_the_middle_is_not_waited_for() {
    breaks_and_recovers(is_stalled, |reply| {
        reply.head(200, &[("Content-Length", "1000")])?;
        reply.send(GOOD)?;
        reply.stall()
    });
    breaks_and_recovers(is_stalled, |reply| {
        reply.head(200, &[("Content-Length", "1000")])?;
        reply.stall()
    });
}

#[test]
fn what_came_before_a_stop_is_given_out() {
    let server = Server::start(|_, reply| {
        reply.head(200, &[("Content-Length", "1000")])?;
        reply.send([b'x'; 500])?;
        reply.stall()
    });
    let http = http(&server);
    now(async {
        let answer = http.get(Asked { path: "objects/x", ..Asked::default() }).await.unwrap();
        let Found::Body { mut body, .. } = answer.found else { panic!("no body") };
        assert_eq!(body.next().await.unwrap().unwrap().len(), 500);
        assert!(is_stalled(&body.next().await.unwrap_err()));
    });
}

#[test]
fn a_server_that_drips_is_as_good_as_none() {
    let (never, waiting) = mpsc::channel::<()>();
    let waiting = std::sync::Mutex::new(waiting);
    breaks_and_recovers(is_stalled, move |reply| {
        let _open = &never;
        reply.head(200, &[("Content-Length", "100000")])?;
        loop {
            reply.send(b"x")?;
            // Twenty bytes within the time that a thousand may take.
            waiting.lock().unwrap().recv_timeout(STALL / 20).ok();
        }
    });
}

#[test]
fn a_slow_line_is_slow_for_as_long_as_it_takes() {
    let (go, wait) = mpsc::channel();
    let wait = std::sync::Mutex::new(wait);
    let server = Server::start(move |_, reply| {
        reply.head(200, &[("Transfer-Encoding", "chunked")])?;
        while wait.lock().unwrap().recv().is_ok() {
            reply.send(format!("400\r\n{}\r\n", "x".repeat(1024)))?;
        }
        reply.send("0\r\n\r\n")
    });
    let http = http(&server);
    now(async {
        go.send(()).unwrap();
        let answer = http.get(Asked { path: "objects/x", ..Asked::default() }).await.unwrap();
        let Found::Body { mut body, .. } = answer.found else { panic!("no body") };
        let (began, mut came) = (Instant::now(), 0);
        // Longer than the time without progress, and longer than all that a question may take to be answered.
        while began.elapsed() < STALL * 3 {
            came += body.next().await.unwrap().unwrap().len();
            go.send(()).unwrap();
        }
        drop(go);
        while let Some(piece) = body.next().await.unwrap() {
            came += piece.len();
        }
        assert!(came > 3 * 1024, "{came}");
    });
}

#[test]
fn a_body_that_ends_early_is_broken() {
    breaks_and_recovers(is_broken, |reply| {
        reply.head(200, &[("Content-Length", "1000")])?;
        reply.send(GOOD)
    });
    breaks_and_recovers(is_broken, |reply| {
        reply.head(200, &[("Transfer-Encoding", "chunked")])?;
        reply.send("400\r\nonly this")
    });
    breaks_and_recovers(is_broken, |reply| reply.head(200, &[("Content-Length", "1000")]));
    breaks_and_recovers(is_broken, |reply| reply.send("HTTP/1.1 200 OK\r\nContent-Le"));
}

#[test]
fn a_connection_that_the_server_has_just_closed_is_no_fault() {
    let server = Server::start(|request, reply| {
        reply.file(request, "\"one\"", GOOD)?;
        reply.stays_open = false;
        Ok(())
    });
    let http = http(&server);
    now(async {
        for _ in 0..200 {
            assert_eq!(bring(&http, "x", 100).await, Ok(Some(GOOD.to_vec())));
        }
    });
}

#[test]
fn closing_is_no_answer_and_after_one_it_is_asked_once_more() {
    // The connection stays until the next question has come: whether it has closed is nobody's race.
    let server = Server::with_file(GOOD);
    let http = http(&server);
    now(async {
        assert_eq!(bring(&http, "x", 100).await, Ok(Some(GOOD.to_vec())));
        server.behave(|_, _| Ok(()));
        for requests in [3, 4, 5] {
            assert!(is_broken(&bring(&http, "x", 100).await.unwrap_err()));
            assert_eq!(server.requests().len(), requests);
        }
    });
}

#[test]
fn a_length_that_is_none_is_broken_and_one_that_is_too_small_cuts() {
    breaks_and_recovers(is_broken, |reply| reply.send("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx"));
    breaks_and_recovers(is_broken, |reply| {
        reply.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 3\r\n\r\nxyz")
    });
    let server = Server::start(|_, reply| {
        reply.head(200, &[("Content-Length", "3")])?;
        reply.send("xyz and more that answers no question")?;
        reply.stays_open = true;
        Ok(())
    });
    let http = http(&server);
    now(async {
        for _ in 0..3 {
            assert_eq!(bring(&http, "x", 100).await.unwrap().unwrap(), b"xyz");
        }
    });
}

#[test]
fn what_is_no_web_server_is_broken() {
    breaks_and_recovers(is_broken, |reply| reply.send("SSH-2.0-OpenSSH_9.2\r\n"));
    breaks_and_recovers(is_broken, |reply| reply.send([0; 1000]));
    breaks_and_recovers(is_broken, |_| Ok(()));
    let is_101 = |fault: &FetchFault| *fault == FetchFault::Status(101);
    breaks_and_recovers(is_101, |reply| reply.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"));
}

#[test]
fn a_login_page_is_called_one() {
    breaks_and_recovers(is_page, |reply| reply.whole(200, &[("Content-Type", "Text/HTML; charset=utf-8")], b"Welcome"));
    breaks_and_recovers(is_page, |reply| reply.whole(200, &[("Content-Type", "application/xhtml+xml")], b"Welcome"));
    breaks_and_recovers(is_page, |reply| reply.whole(511, &[], b""));
    for page in
        ["<!DOCTYPE html>", "<html lang=fr>", "\u{feff}\r\n  <HTML>", " <!doctype html>", "<script>go()</script>"]
    {
        breaks_and_recovers(is_page, |reply| reply.whole(200, &[("Content-Type", "text/plain")], page.as_bytes()));
    }
    let not_pages: [&'static [u8]; 5] = [b"", b"<", b"<htm", b"{\"a\":\"<html>\"}", b"<!-- -->"];
    for file in not_pages {
        let server = Server::with_file(file);
        assert_eq!(now(bring(&http(&server), "x", 100)).unwrap().unwrap(), file);
    }
}

#[test]
fn nobody_sends_a_display_elsewhere() {
    let other = Server::with_file(GOOD);
    let port = other.address.port();
    for target in [
        "http://login.example/".to_owned(),
        "//login.example/town/x".to_owned(),
        format!("http://127.0.0.1:{port}/town/x"),
        "https://127.0.0.1/town/x".to_owned(),
        "/elsewhere".to_owned(),
        "/town/../x".to_owned(),
        "/town".to_owned(),
        "file:///etc/passwd".to_owned(),
        "http://[".to_owned(),
    ] {
        for status in [301, 302, 303, 307, 308] {
            let server = Server::start({
                let target = target.clone();
                move |_, reply| reply.whole(status, &[("Location", &target)], b"")
            });
            assert_eq!(fault(&server), FetchFault::Elsewhere(target.clone()), "{status}");
            assert_eq!(server.requests().len(), 1);
        }
    }
    assert_eq!(other.connections(), 0);
    let nowhere = Server::start(|_, reply| reply.whole(302, &[], b""));
    assert_eq!(fault(&nowhere), FetchFault::Status(302));
}

#[test]
fn within_a_publication_one_redirect_is_followed() {
    let server = Server::start(|request, reply| match request.target.as_str() {
        "/town/a" => reply.whole(302, &[("Location", "/town/b")], b""),
        "/town/c" => reply.whole(302, &[("Location", "a")], b""),
        "/town/round" => reply.whole(302, &[("Location", "round")], b""),
        _ => reply.file(request, "\"one\"", GOOD),
    });
    let http = http(&server);
    assert_eq!(now(bring(&http, "a", 100)).unwrap().unwrap(), GOOD);
    assert_eq!(now(bring(&http, "c", 100)), Err(FetchFault::Elsewhere("/town/b".to_owned())));
    assert_eq!(now(bring(&http, "round", 100)), Err(FetchFault::Elsewhere("round".to_owned())));
    assert_eq!(server.requests().len(), 6);
}

#[test]
fn of_what_has_no_end_little_is_taken() {
    let piece = "x".repeat(1 << 16);
    let chunk = format!("{:x}\r\n{piece}\r\n", piece.len());
    breaks_and_recovers(is_too_long, move |reply| {
        reply.head(200, &[("Transfer-Encoding", "chunked")])?;
        loop {
            reply.send(&chunk)?;
        }
    });
    breaks_and_recovers(is_too_long, move |reply| {
        reply.head(200, &[])?;
        loop {
            reply.send(&piece)?;
        }
    });
    breaks_and_recovers(is_broken, |reply| {
        reply.send("HTTP/1.1 200 OK\r\n")?;
        for n in 0_u64.. {
            reply.send(format!("x-{n}: more\r\n"))?;
        }
        Ok(())
    });
    breaks_and_recovers(is_broken, |reply| {
        reply.send("HTTP/1.1 200 OK\r\nx-long: ")?;
        loop {
            reply.send([b'x'; 4096])?;
        }
    });
}

#[test]
fn an_answer_that_is_announced_for_ever_is_not_waited_for() {
    let server = Server::start(|_, reply| {
        loop {
            reply.send("HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n")?;
        }
    });
    assert!(is_stalled(&fault(&server)));
    assert_eq!(server.requests().len(), 1);
    server.behave(|request, reply| reply.file(request, "\"one\"", GOOD));
    assert_eq!(now(bring(&http(&server), "x", 100)).unwrap().unwrap(), GOOD);
}

#[test]
fn of_a_hundred_megabytes_of_metadata_little_is_taken() {
    breaks_and_recovers(is_too_long, |reply| {
        reply.head(200, &[("Content-Length", "100000000")])?;
        for _ in 0..100 {
            reply.send(vec![b' '; 1_000_000])?;
        }
        Ok(())
    });
}

#[test]
fn what_would_have_to_be_unpacked_is_refused() {
    for packing in ["gzip", "br", "zstd", "deflate", "gzip, gzip"] {
        let is_packed = move |fault: &FetchFault| *fault == FetchFault::Packed(packing.to_owned());
        breaks_and_recovers(is_packed, move |reply| {
            let bomb = [b"\x1f\x8b\x08".to_vec(), vec![0; 10_000_000]].concat();
            reply.whole(200, &[("Content-Encoding", packing), ("Content-Type", "application/json")], &bomb)
        });
    }
    let server = Server::start(|_, reply| reply.whole(200, &[("Content-Encoding", "identity")], GOOD));
    assert_eq!(now(bring(&http(&server), "x", 100)).unwrap().unwrap(), GOOD);
}
