//! A poster in, an event out: and what a PDF cannot do on the way.

use crate::browser::{Browser, House, Page};
use crate::published_town::Town;
use crate::staff_media::png;
use std::fs;

/// A PDF of these objects, from number 1 on; the first is the catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (nr, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", nr + 1).into_bytes());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let end = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    [file, end.into_bytes()].concat()
}

fn stream(more: &str, content: &str) -> String {
    format!("<< {more} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A page with this content, and what it names.
fn page_of(size: &str, content: &str, resources: &str, others: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox {size} /Contents 4 0 R /Resources << {resources} >> >>"),
        stream("", content),
    ];
    objects.extend_from_slice(others);
    pdf(&objects)
}

fn poster() -> Vec<u8> {
    let font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>";
    let line = |size: u32, y: u32, text: &str| format!("BT /F1 {size} Tf 40 {y} Td ({text}) Tj ET\n");
    let content = [
        "0.9 0.2 0.2 rg 0 0 595 200 re f 0 g\n".to_owned(),
        line(14, 780, "La ville vous invite"),
        line(60, 600, "Grand bal"),
        line(60, 530, "du port"),
        line(24, 450, "Samedi 12 d\\351cembre 2026 \\340 20 h 30"),
        line(18, 400, "Salle des f\\352tes"),
    ];
    page_of("[0 0 595 842]", &content.concat(), font, &[])
}

fn sent(browser: &mut Browser, name: &str, bytes: &[u8]) -> Page {
    browser.get("/staff/poster");
    browser.upload("/staff/poster", &[], &[(name, bytes)])
}

#[test]
fn a_poster_becomes_an_event_with_it_as_its_picture() {
    let (_house, mut anne) = House::set_up("poster-story");
    let taken = sent(&mut anne, "affiche.pdf", &poster());
    assert_eq!(taken.status, 303, "{}", taken.body);
    let asked = anne.get(taken.header("location"));
    for read in [
        "value=\"Grand bal du port\"",
        "value=\"2026-12-12T20:30\"",
        "value=\"2026-12-12T22:30\"",
        "value=\"Salle des fêtes\"",
    ] {
        assert!(asked.body.contains(read), "{read}: {}", asked.body);
    }
    let answers =
        [("title", "Bal du port"), ("begin", "2026-12-12T21:00"), ("end", "2026-12-12T23:30"), ("place", "Salle")];
    let wrong = [("title", ""), ("begin", "2026-12-12T21:00"), ("end", ""), ("place", "Salle")];
    let refused = anne.post(taken.header("location"), &wrong);
    assert!(refused.status == 422 && refused.body.contains("value=\"2026-12-12T21:00\""), "{}", refused.body);
    let made = anne.post(taken.header("location"), &answers);
    assert_eq!(made.status, 303, "{}", made.body);
    let event = anne.get(made.header("location"));
    assert!(event.body.contains("class=\"state draft\"") && event.body.contains("value=\"2026-12-12T21:00\""));
    assert!(event.body.contains("media.0.path") && event.body.contains("Bal du port"), "{}", event.body);

    let media = taken.header("location").replace("/staff/poster/", "/staff/media/");
    assert!(anne.get(&media).body.contains("Bal du port"));
    let drawn = anne.get(&format!("{media}/picture/large"));
    let drawn = image::load_from_memory(&drawn.bytes).unwrap().to_rgb8();
    assert_eq!(drawn.height(), 1600);
    let [r, g, b] = drawn.get_pixel(drawn.width() / 2, 1500).0;
    assert!(r > 200 && g < 90 && b < 90, "the red foot of the poster: {r} {g} {b}");
    assert!(drawn.get_pixel(drawn.width() / 2, 100).0.iter().all(|part| *part > 240), "white paper");
}

#[test]
fn a_picture_is_a_poster_too() {
    let (_house, mut anne) = House::set_up("poster-picture");
    let taken = sent(&mut anne, "affiche.png", &png(60, 80));
    assert_eq!(taken.status, 303, "{}", taken.body);
    let answers = [("title", "Loto"), ("begin", "2026-12-12T21:00"), ("end", "2026-12-12T23:30"), ("place", "")];
    let made = anne.post(taken.header("location"), &answers);
    assert!(anne.get(made.header("location")).body.contains("media.0.path"));
}

#[test]
fn a_pdf_that_does_harm_ends_only_itself() {
    let settings = "poster_secs = 1\n";
    let (house, mut anne) = House::with_settings(Town::new("poster-bombs"), settings).begun();
    // Each draws the next one ten times: 10^9 squares in two KiB.
    let laughs: Vec<String> = (5..14)
        .map(|nr| {
            let next = format!("/Resources << /XObject << /X {} 0 R >> >>", nr + 1);
            stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 595 842] {next}"), &"/X Do ".repeat(10))
        })
        .chain([stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", "0 0 500 500 re f")])
        .collect();
    let laughs = page_of("[0 0 595 842]", "/X Do", "/XObject << /X 5 0 R >>", &laughs);
    let locked = poster().windows(1).flatten().copied().collect::<Vec<u8>>();
    let locked = String::from_utf8_lossy(&locked).replace("/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /None >>");
    let bodies: [(&str, Vec<u8>); 5] = [
        ("laughs", laughs),
        ("locked", locked.into_bytes()),
        ("cut off", poster()[..200].to_vec()),
        (
            "no page",
            pdf(&["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), "<< /Type /Pages /Kids [] /Count 0 >>".to_owned()]),
        ),
        ("nothing", b"%PDF-1.7\n".to_vec()),
    ];
    for (what, bytes) in bodies {
        let page = sent(&mut anne, "affiche.pdf", &bytes);
        assert!(
            page.status == 422 && page.body.contains("Ce PDF ne peut pas"),
            "{what}: {} {}",
            page.status,
            page.body
        );
    }
    for folder in ["uploads", "media/library", "originals"] {
        assert_eq!(fs::read_dir(house.town.at(folder)).map_or(0, Iterator::count), 0, "{folder}");
    }
    // Pages without end, or without any size to speak of, are drawn as large as others.
    for size in ["[0 0 1000000 1000000]", "[0 0 2 200000]"] {
        let page = sent(&mut anne, "affiche.pdf", &page_of(size, "0 0 10 10 re f", "", &[]));
        assert!([303, 422].contains(&page.status), "{size}: {}", page.body);
    }
    assert!(anne.get("/staff").status == 200);
}
