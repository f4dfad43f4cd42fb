//! The pages of the administration without JavaScript: real forms that show what would change before they save it.

use app::words::{admin as words, common};
use domain::i18n::Locale::English;

use crate::support::{Answer, Site, Who};

/// Name and value of every control of a page's form that posts to `action`, as a browser would send them.
fn form_of(page: &Answer, action: &str) -> Vec<(String, String)> {
    let form = page.body.split(&format!("action=\"{action}\"")).nth(1).unwrap_or_else(|| panic!("no form to {action}"));
    let form = form.split("</form>").next().unwrap();
    let mut values = Vec::new();
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(value.replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&"))
    };
    for tag in form.split('<').skip(1) {
        let Some(name) = attribute(tag, "name") else { continue };
        let (tag, rest) = tag.split_once('>').unwrap_or((tag, ""));
        if tag.starts_with("input") {
            let box_ = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
            if !box_ || tag.contains(" checked") {
                values.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("textarea") {
            values.push((name, rest.trim_start_matches('\n').replace("&lt;", "<").replace("&amp;", "&")));
        } else if tag.starts_with("select") {
            let rest = form.split(&format!("name=\"{name}\"")).nth(1).unwrap().split("</select>").next().unwrap();
            let chosen = rest.split("<option").find(|option| option.contains(" selected")).unwrap_or_default();
            values.push((name, attribute(chosen, "value").unwrap_or_default()));
        }
    }
    values
}

fn set(values: &mut Vec<(String, String)>, name: &str, value: &str) {
    match values.iter_mut().find(|(own, _)| own == name) {
        Some((_, own)) => *own = value.to_owned(),
        None => values.push((name.to_owned(), value.to_owned())),
    }
}

fn query(values: &[(String, String)]) -> String {
    let pairs = values.iter().map(|(name, value)| [name, "=", &app::url::encode(value)].concat());
    pairs.collect::<Vec<_>>().join("&")
}

async fn post(site: &Site, path: &str, values: &[(String, String)]) -> Answer {
    let parts: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    site.submit_multipart(Who::Admin, path, &parts).await
}

const SAVE: &str = "/api/admin/save_calendar";

#[tokio::test(flavor = "multi_thread")]
async fn a_week_is_changed_looked_at_and_saved_with_plain_forms() {
    let site = Site::new().await;
    let page = site.get(Who::Admin, "/admin/calendars/2").await;
    let mut form = form_of(&page, SAVE);
    assert!(form.contains(&("from_0_0".to_owned(), "09:00".to_owned())), "{form:?}");
    // Every weekday ends an hour earlier.
    for day in 0..5 {
        set(&mut form, &format!("to_{day}_0"), "17");
    }
    let looked = site.get(Who::Admin, &format!("/admin/calendars/2?{}&preview=1", query(&form))).await;
    assert_eq!(looked.status, 200);
    assert!(looked.body.contains(words::becomes(English)), "open tickets of the demonstration move");
    assert!(
        looked.body.contains("King’s Day")
            || looked.body.contains("King&#x27;s Day")
            || looked.body.contains("King's Day")
    );
    assert!(looked.body.contains("Mo-Fr 09:00-17:00"), "the expression follows the week");
    let unchanged = site.get(Who::Admin, "/admin/calendars/2").await;
    assert!(!unchanged.body.contains("Mo-Fr 09:00-17:00"), "looking saves nothing");

    let saved = post(&site, SAVE, &form_of(&looked, SAVE)).await;
    assert!(saved.location().starts_with("/admin/calendars/2?done=saved&version_now=2&moved="), "{}", saved.location());
    let page = site.get(Who::Admin, saved.location()).await;
    assert!(page.body.contains(&words::saved(English, 2)) && page.body.contains("Mo-Fr 09:00-17:00"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost() {
    let site = Site::new().await;
    let mut form = form_of(&site.get(Who::Admin, "/admin/calendars/2").await, SAVE);
    set(&mut form, "name", "Our desk");
    set(&mut form, "to_2_0", "8");
    let refused = post(&site, SAVE, &form).await;
    let page = site.get(Who::Admin, refused.location()).await;
    assert!(page.body.contains(common::ends_before_it_begins(English)), "{}", refused.location());
    let again = form_of(&page, SAVE);
    assert!(again.contains(&("name".to_owned(), "Our desk".to_owned())));
    assert!(again.contains(&("to_2_0".to_owned(), "8".to_owned())));

    set(&mut form, "to_2_0", "18:00");
    set(&mut form, "hours", "Mo-Fr 09:00-18:00; Xx off");
    let refused = post(&site, SAVE, &form).await;
    let page = site.get(Who::Admin, refused.location()).await;
    assert!(page.body.contains("hours-wrong__mark"), "the place in the expression is marked");
    assert!(page.body.contains(words::beyond_the_week(English)), "a week cannot show it");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expression_that_a_week_cannot_show_says_so_and_keeps_working() {
    let site = Site::new().await;
    let mut form = form_of(&site.get(Who::Admin, "/admin/calendars/2").await, SAVE);
    set(&mut form, "hours", "Mo-Fr 09:00-18:00; week 30-32 off; PH off");
    let saved = post(&site, SAVE, &form).await;
    let page = site.get(Who::Admin, saved.location()).await;
    assert!(page.body.contains(words::beyond_the_week(English)), "{}", saved.location());
    // Saved once more as it is, it stays as it is.
    let again = post(&site, SAVE, &form_of(&page, SAVE)).await;
    assert!(again.location().contains("version_now=2"), "nothing changed, so no version: {}", again.location());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_saves_over_another_is_told_first() {
    let site = Site::new().await;
    let mine = form_of(&site.get(Who::Admin, "/admin/calendars/2").await, SAVE);
    let mut theirs = mine.clone();
    set(&mut theirs, "name", "Theirs");
    post(&site, SAVE, &theirs).await;
    let mut mine = mine;
    set(&mut mine, "name", "Mine");
    let refused = post(&site, SAVE, &mine).await;
    let page = site.get(Who::Admin, refused.location()).await;
    let told = page.body.replace("&#x27;", "'");
    assert!(told.contains(&words::outdated(English, 2)), "{}", refused.location());
    let form = form_of(&page, SAVE);
    assert!(
        form.contains(&("name".to_owned(), "Mine".to_owned()))
            && form.contains(&("version".to_owned(), "2".to_owned()))
    );
    assert!(post(&site, SAVE, &form).await.location().contains("version_now=3"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_looked_at_and_saved_for_open_tickets_only_if_chosen() {
    const SAVE: &str = "/api/admin/save_policy";
    let site = Site::new().await;
    let mut form = form_of(&site.get(Who::Admin, "/admin/policies/1").await, SAVE);
    set(&mut form, "hours_high_resolution", "12");
    set(&mut form, "hours_low_review", "x");
    let looked = site.get(Who::Admin, &format!("/admin/policies/1?{}&preview=1", query(&form))).await;
    assert!(looked.body.contains(common::not_hours(English)));
    set(&mut form, "hours_low_review", "1");
    let looked = site.get(Who::Admin, &format!("/admin/policies/1?{}&preview=1", query(&form))).await;
    assert!(looked.body.contains(words::becomes(English)));
    let saved = post(&site, SAVE, &form).await;
    assert_eq!(saved.location(), "/admin/policies/1?done=saved&version_now=2&moved=0", "not chosen");
    set(&mut form, "version", "2");
    set(&mut form, "apply_to_open", "true");
    let saved = post(&site, SAVE, &form).await;
    assert!(!saved.location().ends_with("&moved=0"), "chosen: {}", saved.location());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feeds_address_is_shown_once_and_never_in_an_address() {
    let site = Site::new().await;
    let made = site.submit(Who::Dirk, "/api/account/make_feed", "").await;
    assert_eq!(made.location(), "/account?done=make_feed");
    assert!(!made.body.contains("/feeds/"));
    let cookie = made.cookies().into_iter().find(|cookie| cookie.starts_with("loket-feed=")).unwrap();
    assert!(cookie.contains("HttpOnly"));
    let pair = cookie.split(';').next().unwrap().to_owned();
    let with_cookie = site.request("GET", Who::Dirk, "/account").header("accept", "text/html");
    let session = with_cookie.headers_ref().unwrap()["cookie"].to_str().unwrap().to_owned();
    let mut request = with_cookie.body(axum::body::Body::empty()).unwrap();
    request.headers_mut().insert("cookie", format!("{session}; {pair}").parse().unwrap());
    let page = site.send(request).await;
    assert!(page.body.contains("/feeds/"), "shown once");
    assert!(
        page.cookies().iter().any(|cookie| cookie.starts_with("loket-feed=;")),
        "and forgotten: {:?}",
        page.cookies()
    );
    assert!(!site.get(Who::Dirk, "/account").await.body.contains("/feeds/"));
}
