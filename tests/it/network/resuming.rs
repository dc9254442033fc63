//! What is asked of a web server, and how a file that came in part is gone on with.

use super::server::{Reply, Request, Server};
use super::{bring, http, now, read};
use parvis::sync::{Asked, Fetch, FetchFault, Found};
use std::io;

const FILE: &[u8] = b"0123456789";

#[test]
fn a_file_comes_with_its_tag_and_the_date_and_is_asked_for_plainly() {
    let server = Server::start(|_, reply| {
        let headers = [("ETag", "\"one\""), ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")];
        reply.whole(200, &headers, FILE)
    });
    let answer = now(http(&server).get(Asked { path: "metadata/1.root.json", ..Asked::default() })).unwrap();
    assert_eq!((answer.tag.as_deref(), answer.date_secs), (Some("\"one\""), Some(784_111_777)));
    let request = &server.requests()[0];
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/town/metadata/1.root.json"));
    assert_eq!(request.header("user-agent"), Some(concat!("parvis/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    for unsaid in ["range", "if-range", "if-none-match", "referer", "cookie"] {
        assert_eq!(request.header(unsaid), None);
    }
}

#[test]
fn many_questions_take_one_connection() {
    let server = Server::with_file(FILE);
    let http = http(&server);
    now(async {
        for _ in 0..20 {
            let known = Asked { path: "metadata/timestamp.json", known: Some("\"one\""), ..Asked::default() };
            assert!(matches!(http.get(known).await.unwrap().found, Found::Unchanged));
            assert_eq!(bring(&http, "x", 100).await.unwrap().unwrap(), FILE);
        }
    });
    assert_eq!((server.connections(), server.requests().len()), (1, 40));
}

#[test]
fn what_is_not_there_is_no_fault() {
    let server = Server::start(|request, reply| {
        let status = request.target.trim_start_matches("/town/").parse().unwrap();
        reply.whole(status, &[("Content-Type", "text/html")], b"<html>not here</html>")
    });
    let http = http(&server);
    for status in [403, 404, 410] {
        assert_eq!(now(bring(&http, &status.to_string(), 100)), Ok(None));
    }
    for status in [204, 400, 401, 407, 429, 500, 502, 503, 504] {
        assert_eq!(now(bring(&http, &status.to_string(), 100)), Err(FetchFault::Status(status)));
    }
    assert_eq!(server.requests().len(), 12, "each was asked once");
}

/// What comes when the first four bytes are here, and how often was asked.
fn rest(server: &Server, known: Option<&str>) -> (Result<(u64, Vec<u8>), FetchFault>, usize) {
    let before = server.requests().len();
    let http = http(server);
    let came = now(async {
        let answer = http.get(Asked { path: "objects/x", from: 4, known }).await?;
        let Found::Body { from, mut body } = answer.found else { panic!("no body") };
        let mut bytes = Vec::new();
        read(body.as_mut(), &mut bytes, 100).await?;
        Ok((from, bytes))
    });
    (came, server.requests().len() - before)
}

#[test]
fn a_part_is_gone_on_with_where_it_ends() {
    let server = Server::with_file(FILE);
    assert_eq!(rest(&server, None), (Ok((4, b"456789".to_vec())), 1));
    assert_eq!(rest(&server, Some("\"one\"")), (Ok((4, b"456789".to_vec())), 1));
    assert_eq!(rest(&server, Some("\"other\"")), (Ok((0, FILE.to_vec())), 1));
    let sent: Vec<_> = server.requests().iter().map(|request| request.header("if-range").map(str::to_owned)).collect();
    assert_eq!(sent, [None, Some("\"one\"".to_owned()), Some("\"other\"".to_owned())]);
    assert_eq!(rest(&server, Some("W/\"one\"")), (Ok((4, b"456789".to_vec())), 1));
    assert_eq!(server.requests()[3].header("if-range"), None, "RFC 9110: a weak tag may not be sent there");
}

#[test]
fn a_server_without_parts_gives_the_whole() {
    let server = Server::start(|_, reply| reply.whole(200, &[], FILE));
    assert_eq!(rest(&server, None), (Ok((0, FILE.to_vec())), 1));
}

#[test]
fn a_part_that_begins_elsewhere_is_not_taken() {
    let wrong: [&[(&str, &str)]; 5] = [
        &[("Content-Range", "bytes 5-9/10")],
        &[("Content-Range", "bytes 0-9/10")],
        &[("Content-Range", "bytes */10")],
        &[("Content-Range", "4-9/10")],
        &[],
    ];
    for headers in wrong {
        let server = Server::start(move |request, reply| match request.header("range") {
            Some(_) => reply.whole(206, headers, b"456789"),
            None => reply.whole(200, &[], FILE),
        });
        assert_eq!(rest(&server, None), (Ok((0, FILE.to_vec())), 2), "{headers:?}");
    }
}

#[test]
fn when_the_file_has_become_shorter_it_comes_anew() {
    let server = Server::start(|request, reply| match request.header("range") {
        Some(_) => reply.whole(416, &[("Content-Range", "bytes */2")], b""),
        None => reply.whole(200, &[], b"01"),
    });
    assert_eq!(rest(&server, None), (Ok((0, b"01".to_vec())), 2));
}

#[test]
fn a_server_that_knows_only_parts_is_not_asked_for_ever() {
    let part: fn(&Request, &mut Reply<'_>) -> io::Result<()> =
        |_, reply| reply.whole(206, &[("Content-Range", "bytes 7-9/10")], b"789");
    assert_eq!(rest(&Server::start(part), None), (Err(FetchFault::Status(206)), 2));
    let none: fn(&Request, &mut Reply<'_>) -> io::Result<()> = |_, reply| reply.whole(416, &[], b"");
    assert_eq!(rest(&Server::start(none), None), (Err(FetchFault::Status(416)), 2));
    assert_eq!(now(bring(&http(&Server::start(part)), "x", 100)), Err(FetchFault::Status(206)), "unasked");
}

#[test]
fn unchanged_is_believed_only_of_what_is_here() {
    let server = Server::start(|_, reply| reply.whole(304, &[], b""));
    assert_eq!(now(bring(&http(&server), "x", 100)), Err(FetchFault::Status(304)));
    assert_eq!(rest(&server, Some("\"one\"")), (Err(FetchFault::Status(304)), 1), "of a part nothing is known");
    let known = Asked { path: "x", known: Some("\"one\""), ..Asked::default() };
    assert!(matches!(now(http(&server).get(known)).unwrap().found, Found::Unchanged));
}

#[test]
fn a_connection_that_keeps_falling_brings_the_whole_in_the_end() {
    const PIECE: usize = 1000;
    let file: Vec<u8> = (0..u8::MAX).cycle().take(25_500).collect();
    let copy = file.clone();
    let server = Server::start(move |request, reply| {
        let range = request.header("range").unwrap_or("bytes=0-").to_owned();
        let from: usize = range.trim_start_matches("bytes=").trim_end_matches('-').parse().unwrap();
        let (last, all) = (copy.len() - 1, copy.len());
        let (length, range) = ((all - from).to_string(), format!("bytes {from}-{last}/{all}"));
        let status = if from == 0 { 200 } else { 206 };
        reply.head(status, &[("Content-Length", &length), ("Content-Range", &range)])?;
        reply.send(&copy[from..all.min(from + PIECE)])
    });
    let http = http(&server);
    let mut bytes = Vec::new();
    now(async {
        loop {
            let asked = Asked { path: "objects/x", from: bytes.len() as u64, known: None };
            let Found::Body { from, mut body } = http.get(asked).await.unwrap().found else { panic!("no body") };
            assert_eq!(from, bytes.len() as u64);
            match read(body.as_mut(), &mut bytes, file.len()).await {
                Ok(()) => break,
                Err(fault) => assert!(matches!(fault, FetchFault::Broken(_)), "{fault}"),
            }
        }
    });
    assert!(bytes == file);
    assert_eq!(server.requests().len(), file.len().div_ceil(PIECE), "no byte came twice");
}
