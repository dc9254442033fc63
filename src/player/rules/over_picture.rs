//! No text lies on a picture: between the two there is a plane.

use super::Sight;

pub fn check(sight: &Sight) -> Vec<String> {
    let on_picture = sight.letters.iter().filter(|letters| letters.on_picture);
    on_picture.map(|letters| format!("\"{}\" is written on a picture", letters.drawn)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sight::sample;
    use super::*;

    #[test]
    fn text_on_a_picture_is_found() {
        let mut sight = sample::sight();
        assert_eq!(check(&sight), Vec::<String>::new());
        sight.letters[0].on_picture = true;
        assert_eq!(check(&sight).len(), 1);
    }
}
