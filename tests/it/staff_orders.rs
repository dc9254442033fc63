//! What staff ask of a display, from the page to the player and back.

use crate::browser::House;
use crate::enrolment::enrolled;
use crate::memory_web::Half;
use parvis::protocol::{OnScreen, Order, Outcome, Placed};
use parvis::store::{Folder, Identity, Store};
use parvis::sync::{Beside, Carry, FetchFault, HttpSettings, HubAnswer, HubAsked, HubHttp, HubLink, Reporter, Soon};
use std::sync::{Arc, Mutex};

/// A player that is there or not, and counts what it is asked.
#[derive(Default)]
struct Player {
    asked: Mutex<Vec<Order>>,
    placed: Mutex<Vec<String>>,
}

impl Beside for Player {
    fn on_screen(&self) -> Option<OnScreen> {
        None
    }

    fn ask_player(&self, order: Order) -> Soon<'_, (Outcome, Option<Vec<u8>>)> {
        self.asked.lock().unwrap().push(order);
        let picture = (order == Order::Screenshot).then(|| b"\x89PNG\r\n\x1a\n of the panel".to_vec());
        let outcome = if order == Order::Restart { Outcome::NoPlayer } else { Outcome::Done };
        Box::pin(std::future::ready((outcome, picture)))
    }

    fn collect(&self) -> Soon<'_, Outcome> {
        self.asked.lock().unwrap().push(Order::Collect);
        Box::pin(std::future::ready(Outcome::Done))
    }

    fn placed(&self, identity: &Identity) {
        self.placed.lock().unwrap().push(identity.placed.group.clone());
    }

    fn changed(&self) -> Soon<'_, ()> {
        Box::pin(std::future::pending())
    }
}

/// A line that loses every answer to a report but every other.
struct Rain {
    hub: HubHttp,
    asked: Mutex<u32>,
}

impl Carry for Rain {
    fn carry<'a>(
        &'a self,
        asked: &'a HubAsked<'a>,
        headers: Vec<(&'static str, String)>,
    ) -> Soon<'a, Result<HubAnswer, FetchFault>> {
        Box::pin(async move {
            let answer = self.hub.carry(asked, headers).await?;
            let mut count = self.asked.lock().unwrap();
            *count += u32::from(asked.path.ends_with("report"));
            if *count % 2 == 1 && asked.path.ends_with("report") {
                return Err(FetchFault::Broken("rain".to_owned()));
            }
            Ok(answer)
        })
    }
}

#[test]
fn what_is_asked_is_done_once_however_bad_the_line_and_staff_see_the_picture() {
    let (house, mut anne) = House::set_up("displays-orders");
    let (screen, id) = enrolled(&house, &mut anne, "Gare");
    anne.get("/staff");
    for (path, order) in [("command", "collect"), ("command", "screenshot"), ("control", "restart")] {
        assert_eq!(anne.post(&format!("/staff/displays/{id}/{path}"), &[("order", order)]).status, 303);
    }
    let hub = HubHttp::new(&HttpSettings::new(format!("http://{}", house.address))).unwrap();
    let link = HubLink::new(Box::new(Rain { hub, asked: Mutex::default() }), Arc::new(screen.clock.clone()));
    link.sign_as(id, screen.key.clone());
    let player = Arc::new(Player::default());
    let placed = Placed { display: id, name: "Gare".to_owned(), group: "old".to_owned(), position: String::new() };
    std::fs::create_dir_all(house.town.at("store")).unwrap();
    let mut reporter = Reporter {
        hub: Arc::new(link),
        store: Store::new(Arc::new(Folder::new(house.town.at("store")))),
        identity: Identity { hub: String::new(), placed, last_command: 0 },
        clock: Arc::new(screen.clock.clone()),
        chance: Arc::new(Half),
        beside: player.clone(),
        done: Vec::new(),
    };
    let turns: Vec<bool> = (0..6).map(|_| screen.run(reporter.turn()).is_ok()).collect();
    assert_eq!(turns, [false, true, false, true, false, true]);
    assert_eq!(*player.asked.lock().unwrap(), [Order::Collect, Order::Screenshot, Order::Restart]);
    assert_eq!(*player.placed.lock().unwrap(), ["default"], "the hub says to which group it belongs");
    let page = anne.get(&format!("/staff/displays/{id}")).body;
    assert!(page.contains("Fait") && page.contains("L’affichage ne tourne pas sur cet écran"), "{page}");
    let picture = anne.get(&format!("/staff/displays/{id}/pictures/1"));
    assert!(picture.status == 200 && picture.body.ends_with("of the panel"));
    // After a restart it knows what it has done.
    let again = reporter.store.identity().unwrap();
    assert_eq!(again.last_command, 3);
    // One that stops before the hub has heard what became of it does not do it again.
    anne.get("/staff");
    anne.post(&format!("/staff/displays/{id}/command"), &[("order", "identify")]);
    for _ in 0..2 {
        screen.run(reporter.turn()).ok();
    }
    reporter.done.clear();
    for _ in 0..4 {
        screen.run(reporter.turn()).ok();
    }
    assert_eq!(player.asked.lock().unwrap().iter().filter(|order| **order == Order::Identify).count(), 1);
    assert!(anne.get(&format!("/staff/displays/{id}")).body.contains("Reçu par l’écran"));
    assert_eq!(screen.post("displays/screenshot", b"GIF89a").0, 400);
    assert_eq!(screen.post("displays/screenshot", &vec![0; (3 << 20) + 1]).0, 413);
}
