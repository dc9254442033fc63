//! Every address of the hub, and who may ask for it. What does not stand here is not there.

use super::app::{Shared, Visitor};
use super::pages::{
    alerts, assets, display, displays, enrol, entry, imported, item, items, media, media_entry, missing, people,
    poster, preview, publish, report, setup, source, sources, states, town,
};
use super::store::Role;
use super::{answering, gate, signed};
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use std::net::SocketAddr;

/// The largest form of staff, in bytes as it is sent: every text of an item in every language, and a letter that is not
/// Latin takes six bytes or nine.
const FORM_BYTES_MAX: usize = 8 << 20;
/// The largest form of anybody.
const ANYBODYS_FORM_BYTES_MAX: usize = 8 << 10;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Anyone,
    /// Whoever holds the token of the console, while nobody has an account.
    Installer,
    /// A display of this hub, by its signature.
    Display,
    /// Staff of at least this role.
    Staff(Role),
}

pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    handler: MethodRouter<Shared>,
}

fn read(path: &'static str, who: Who, handler: MethodRouter<Shared>) -> Route {
    Route { method: Method::GET, path, who, handler }
}

fn change(path: &'static str, who: Who, handler: MethodRouter<Shared>) -> Route {
    Route { method: Method::POST, path, who, handler }
}

/// All of them.
pub fn routes() -> Vec<Route> {
    let mut all = of_pages();
    all.extend(of_displays());
    all
}

/// What displays ask for, and the pages about them.
fn of_displays() -> Vec<Route> {
    let contributor = Who::Staff(Role::Contributor);
    let moderator = Who::Staff(Role::Moderator);
    let administrator = Who::Staff(Role::Administrator);
    vec![
        read("/staff/displays", contributor, get(displays::list)),
        read("/staff/displays/enrol", administrator, get(enrol::form)),
        change("/staff/displays/enrol", administrator, post(enrol::enrol)),
        read("/staff/displays/{id}", contributor, get(display::display)),
        change("/staff/displays/{id}", administrator, post(display::place)),
        change("/staff/displays/{id}/remove", administrator, post(display::remove)),
        change("/staff/displays/{id}/command", moderator, post(display::command)),
        change("/staff/displays/{id}/control", administrator, post(display::control)),
        read("/staff/displays/{id}/pictures/{number}", moderator, get(display::picture)),
        read("/staff/report", contributor, get(report::page)),
        read("/staff/report.csv", contributor, get(report::csv)),
        change("/displays/enrolments", Who::Anyone, post(answering::begin)),
        change("/displays/enrolments/{id}", Who::Anyone, post(answering::reveal)),
        read("/displays/enrolments/{id}", Who::Anyone, get(answering::standing)),
        change("/displays/report", Who::Display, post(answering::report)),
        change("/displays/screenshot", Who::Display, post(answering::screenshot)),
    ]
}

fn of_pages() -> Vec<Route> {
    let contributor = Who::Staff(Role::Contributor);
    let moderator = Who::Staff(Role::Moderator);
    let administrator = Who::Staff(Role::Administrator);
    vec![
        read("/", Who::Anyone, get(entry::front)),
        read("/assets/{file}", Who::Anyone, get(assets::file)),
        read("/setup", Who::Installer, get(setup::form)),
        change("/setup", Who::Installer, post(setup::begin)),
        read("/login", Who::Anyone, get(entry::form)),
        change("/login", Who::Anyone, post(entry::login)),
        change("/logout", contributor, post(entry::logout)),
        change("/language", Who::Anyone, post(entry::speak)),
        read("/staff", contributor, get(items::home)),
        read("/staff/setup", administrator, get(setup::progress)),
        read("/staff/items", contributor, get(items::list)),
        change("/staff/items", contributor, post(states::several)),
        change("/staff/items/{id}/restore", contributor, post(states::restore)),
        read("/staff/items/new/{kind}", contributor, get(item::new)),
        change("/staff/items/new/{kind}", contributor, post(item::create)),
        read("/staff/items/{id}", contributor, get(item::form)),
        change("/staff/items/{id}", contributor, post(item::save)),
        change("/staff/items/{id}/judge", moderator, post(item::judge)),
        read("/staff/items/{id}/history", contributor, get(item::history)),
        change("/staff/preview/{kind}", contributor, post(preview::preview)),
        read("/staff/preview/pictures/{name}", contributor, get(preview::picture)),
        change("/staff/items/{id}/local", moderator, post(imported::decide)),
        read("/staff/missing", contributor, get(missing::list)),
        read("/staff/sources", moderator, get(sources::list)),
        read("/staff/sources/new", administrator, get(source::formats)),
        read("/staff/sources/new/{format}", administrator, get(source::new)),
        change("/staff/sources/new/{format}", administrator, post(source::create)),
        read("/staff/sources/{name}", moderator, get(sources::one)),
        read("/staff/sources/{name}/edit", administrator, get(source::form)),
        change("/staff/sources/{name}/edit", administrator, post(source::change)),
        change("/staff/sources/{name}/run", moderator, post(sources::run)),
        change("/staff/sources/{name}/try", moderator, post(sources::try_out)),
        change("/staff/sources/{name}/remove", administrator, post(source::remove)),
        change("/staff/items/{id}/media", contributor, post(media::choose)),
        read("/staff/media", contributor, get(media::list)),
        change("/staff/media", contributor, files(media::add)),
        read("/staff/media/of", contributor, get(media_entry::picture_of)),
        read("/staff/media/{id}", contributor, get(media_entry::form)),
        change("/staff/media/{id}", contributor, post(media_entry::save)),
        change("/staff/media/{id}/replace", contributor, files(media_entry::replace)),
        change("/staff/media/{id}/cut", contributor, post(media_entry::cut)),
        change("/staff/media/{id}/delete", contributor, post(media_entry::delete)),
        read("/staff/media/{id}/picture/{size}", contributor, get(media_entry::picture)),
        read("/staff/poster", contributor, get(poster::form)),
        change("/staff/poster", contributor, files(poster::take)),
        read("/staff/poster/{id}", contributor, get(poster::asked)),
        change("/staff/poster/{id}", contributor, post(poster::make)),
        read("/staff/publish", moderator, get(publish::form)),
        change("/staff/publish", moderator, post(publish::publish)),
        read("/staff/alerts", moderator, get(alerts::list)),
        change("/staff/alerts", moderator, post(alerts::raise)),
        change("/staff/alerts/clear", moderator, post(alerts::clear)),
        read("/staff/town", administrator, get(town::form)),
        change("/staff/town", administrator, post(town::save)),
        read("/staff/town/root.json", administrator, get(town::root)),
        change("/staff/town/keys/{name}", administrator, post(town::key)),
        change("/staff/town/put-away", administrator, post(town::put_away)),
        read("/staff/people", administrator, get(people::list)),
        change("/staff/people", administrator, post(people::add)),
        change("/staff/people/{id}", administrator, post(people::change)),
    ]
}

/// A form with files: how much of it may come is for whoever reads it to say.
fn files<H: Handler<T, Shared>, T: 'static>(handler: H) -> MethodRouter<Shared> {
    post(handler).layer(DefaultBodyLimit::disable())
}

/// The pages of staff.
pub fn app(hub: Shared) -> Router {
    let mut app = Router::new();
    for Route { path, who, handler, .. } in routes() {
        let hub = hub.clone();
        let guard = middleware::from_fn(move |request: Request, next: Next| {
            let hub = hub.clone();
            async move {
                match who {
                    Who::Display => signed::only_displays(hub, request, next).await,
                    _ => gate::guard(who, request, next).await,
                }
            }
        });
        let is_anybody = matches!(who, Who::Anyone | Who::Installer);
        let most = if is_anybody { ANYBODYS_FORM_BYTES_MAX } else { FORM_BYTES_MAX };
        app = app.route(path, handler.layer(DefaultBodyLimit::max(most)).layer(guard));
    }
    app.fallback(gate::nowhere).layer(middleware::from_fn_with_state(hub.clone(), know)).with_state(hub)
}

/// Finds out who asks, and gives every answer the same protection.
async fn know(State(hub): State<Shared>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or_else(String::new, |info| info.0.ip().to_string());
    // Behind a web server of the town: what that one has added says who asked it.
    let told =
        request.headers().get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok()).next_back();
    let told = told.and_then(|told| told.rsplit(',').next()).map(|told| told.trim().chars().take(64).collect());
    let address = told.filter(|_| hub.is_behind).unwrap_or(peer);
    let (headers, path) = (request.headers().clone(), request.uri().path().to_owned());
    let visitor = match gate::visitor(&hub, &headers, address).await {
        Ok(visitor) => visitor,
        Err(refused) => return refused,
    };
    if let Some(elsewhere) = gate::not_set_up(&hub, &visitor, &path).await {
        return gate::protect(&hub, elsewhere, &visitor);
    }
    request.extensions_mut().insert::<Visitor>(visitor.clone());
    let response = next.run(request).await;
    gate::protect(&hub, gate::dress(response, &visitor), &visitor)
}
