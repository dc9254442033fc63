//! Films in the media library.

use crate::browser::House;
use crate::film_samples::{VP8, launch, numbered};
use crate::scratch::Scratch;
use crate::staff_media::kept;
use std::fs;

#[test]
fn a_film_is_kept_with_a_picture_of_it_and_without_what_it_says_of_itself() {
    let scratch = Scratch::new("staff-films");
    let (house, mut anne) = House::set_up("films-library");
    let id = kept(&mut anne, "baie.mov", &fs::read(numbered(&scratch, "bay.webm", 20, VP8)).unwrap());
    let page = anne.get(&format!("/staff/media/{id}"));
    assert!(page.body.contains("192 × 96") && !page.body.contains("cut.left"), "{}", page.body);
    let picture = anne.get(&format!("/staff/media/{id}/picture/small"));
    assert_eq!(picture.header("content-type"), "image/jpeg");
    assert!(anne.get("/staff/media?only=films").body.contains("baie.mov"));

    let film = scratch.0.join("tagged.mp4");
    launch(&format!(
        "videotestsrc num-buffers=20 ! video/x-raw,format=I420,width=64,height=48 ! vp9enc deadline=1 ! vp9parse ! \
         taginject tags=title=SecretPlace ! mp4mux ! filesink location={}",
        film.display()
    ));
    let says = |bytes: &[u8]| bytes.windows(11).any(|part| part == b"SecretPlace");
    let bytes = fs::read(&film).unwrap();
    assert!(says(&bytes));
    let id = kept(&mut anne, "tagged.mp4", &bytes);
    assert_eq!(anne.get(&format!("/staff/media/{id}/picture/large")).status, 200, "it still plays");
    let kept =
        fs::read_dir(house.town.at("media/library")).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    let kept: Vec<Vec<u8>> = kept.collect();
    assert!(kept.len() == 2 && !kept.iter().any(|bytes| says(bytes)));
}
