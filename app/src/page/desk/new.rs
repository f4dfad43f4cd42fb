//! `/desk/new`: raising a ticket for someone who phones. Organisation and form are chosen by links, so the URL holds
//! them; the rest is the customer's own form with a requester on top.

use domain::brand::Brand;
use domain::form::{BODY_MAX, Form, SUBJECT_MAX};
use domain::i18n::Locale;
use domain::problem::FieldProblem;
use domain::ticket::{Channel, Priority};
use domain::view::PersonView;
use domain::view::desk::{DeskQuery, DeskRaiseView};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::rail::Rail;
use super::{Problem, anew};
use crate::ApiError;
use crate::api::wire::PageResource;
use crate::component::{
    BrandMark, BrandStyle, DraftKeeper, ErrorSummary, FilePicker, FormField, Glyph, Icon, MarkSize, Notice, NoticeKind,
    PriorityChooser, PromiseBox, Segmented, SelectField, Skeleton, StartOver, TextArea, TextField, problem_at, use_now,
};
use crate::page::here::refused;
use crate::shell::use_locale;
use crate::url::encode;
use crate::words::common;
use crate::words::desk as words;

pub(super) fn page(raise: PageResource<Result<DeskRaiseView, ApiError>>) -> AnyView {
    view! {
        <Transition fallback=|| view! { <Frame><Skeleton rows=6/></Frame> }>
            {move || Suspend::new(async move {
                match raise.await {
                    Ok(raise) => view! { <New raise=raise/> }.into_any(),
                    Err(error) => view! { <Problem error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Frame(children: Children) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="desk desk--ticket brand brand-loket">
            <Rail query=DeskQuery::default() counts=None/>
            <main id="main" class="desk__main" tabindex="-1">
                <div class="agent__nav">
                    <a class="agent__back" href="/desk"><Icon name=Glyph::ChevronLeft/>{words::all_open(locale)}</a>
                </div>
                <div class="desk__head"><h1>{words::new_ticket(locale)}</h1></div>
                {children()}
            </main>
        </div>
    }
    .into_any()
}

/// `/desk/new?organisation=ACME&form=problem`.
fn href(organisation: &str, form: &str) -> String {
    let form = if form.is_empty() { String::new() } else { ["&form=", &encode(form)].concat() };
    ["/desk/new?organisation=", &encode(organisation), &form].concat()
}

#[component]
fn New(raise: DeskRaiseView) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(raise.now);
    let query = use_query_map();
    let asked = move |name: &'static str| query.with(|query| query.get_str(name).unwrap_or_default().to_owned());
    let organisation = query.with_untracked(|query| query.get_str("organisation").unwrap_or_default().to_owned());
    let brands: Vec<Brand> = raise.organisations.iter().map(|(brand, _)| brand.clone()).collect();
    let chosen = raise.organisations.iter().find(|(brand, _)| brand.key == organisation).cloned();
    let choices = brands.clone().into_iter().map(|brand| {
        let current = (brand.key == organisation).then_some("true");
        let (link, name) = (href(&brand.key, ""), brand.name.clone());
        view! {
            <li><a class="choice-link" href=link aria-current=current><BrandMark brand=brand size=MarkSize::Small/>{name}</a></li>
        }
    });
    let choices = choices.collect_view();
    let body = chosen.map(|(brand, people)| {
        let slugs: Vec<String> = raise.forms.iter().map(|form| form.slug.clone()).collect();
        let forms: Vec<(String, String)> =
            raise.forms.iter().map(|form| (form.slug.clone(), form.title.clone())).collect();
        let form = Memo::new(move |_| {
            let asked = asked("form");
            if slugs.contains(&asked) { asked } else { slugs.first().cloned().unwrap_or_default() }
        });
        let (key, organisation) = (brand.key.clone(), brand.key);
        let menu = move || {
            let options =
                forms.iter().map(|(slug, title)| (href(&organisation, slug), title.clone(), *slug == form.get()));
            view! { <Segmented label=words::form(locale) options=options.collect()/> }
        };
        view! {
            <div class="filters">{menu}</div>
            {anew(move || key.clone(), move |key| {
                view! { <RaiseForm raise=raise.clone() people=people.clone() organisation=key form=form/> }.into_any()
            })}
        }
    });
    let prompt = body.is_none().then(|| view! { <p class="muted">{words::choose_organisation(locale)}</p> });
    view! {
        <Title text=words::new_ticket(locale)/>
        <BrandStyle brands=brands/>
        <Frame>
            <nav aria-label=words::organisation(locale)><ul class="choice-links">{choices}</ul></nav>
            {prompt}
            {body}
        </Frame>
    }
    .into_any()
}

/// All forms of one organisation: choosing another changes the fields that are the form's own, and leaves the rest.
#[component]
fn RaiseForm(raise: DeskRaiseView, people: Vec<PersonView>, organisation: String, form: Memo<String>) -> impl IntoView {
    let locale = use_locale();
    let draft = raise.draft;
    // Of this organisation: what one customer said on the phone is not for the next one's ticket.
    let place = ["desk-raise/", &organisation].concat();
    let value = |name: &str| draft.value(name).to_owned();
    let came_with = match refused() {
        Some((_, ApiError::Invalid(_))) | None => None,
        Some((_, error)) => Some(error),
    };
    let problems = RwSignal::new(draft.problems.clone());
    let failed = RwSignal::new(came_with);
    let busy = RwSignal::new(false);
    let uploading = RwSignal::new(false);
    let priority = RwSignal::new(Priority::from_slug(draft.value("priority")));
    let at = move |name: &'static str| problem_at(problems.into(), name);
    let labels = labels(locale, &raise.forms);
    let own =
        OwnFields { forms: StoredValue::new(raise.forms), typed: StoredValue::new(draft.values.clone()), problems };
    let people = people.into_iter().map(|person| (person.id.to_string(), person.name)).collect();
    let channels = [Channel::Phone, Channel::Mail, Channel::Chat];
    let channels = channels.map(|channel| (channel.slug().to_owned(), words::channel_long(locale, channel).to_owned()));
    let channel = if draft.value("channel").is_empty() { Channel::Phone.slug().to_owned() } else { value("channel") };
    let trouble = move || {
        failed.get().map(|error| view! { <Notice kind=NoticeKind::Danger>{words::failure(locale, &error)}</Notice> })
    };
    let navigate = use_navigate();
    let sent = move |key: String| navigate(&["/desk/", &key].concat(), Default::default());
    let state = Sending { problems, failed, busy };
    let began =
        draft.saved_at.filter(|_| ["subject", "description"].iter().any(|name| !draft.value(name).trim().is_empty()));
    view! {
        <StartOver place=place.clone() saved_at=began/>
        <div class="form-columns">
            <form
                class="form"
                method="post"
                action="/api/desk/raise_for"
                enctype="multipart/form-data"
                on:submit=move |event| send(&event, state, sent.clone())
            >
                <input type="hidden" name="place" value=place.clone()/>
                <input type="hidden" name="form" value=move || form.get()/>
                <input type="hidden" name="nonce" value=raise.nonce/>
                <ErrorSummary problems=problems labels=labels/>
                {trouble}
                <SelectField name="requester" label=words::requester(locale) prompt=words::choose_requester(locale)
                    value=value("requester") error=at("requester") required=true options=people/>
                <SelectField name="channel" label=words::channel_label(locale) value=channel required=true options=channels.to_vec()/>
                <TextField name="subject" label=words::subject(locale) hint=words::subject_hint(locale) value=value("subject")
                    error=at("subject") required=true maxlength=SUBJECT_MAX autocomplete="off"/>
                <TextArea name="description" label=words::description(locale) hint=words::description_hint(locale)
                    value=value("description") error=at("description") required=true maxlength=BODY_MAX rows=6/>
                <div class="form" on:input=move |event| own.keep(&event)>
                    {anew(move || form.get(), move |form| own.view(&form))}
                </div>
                <PriorityChooser policy=raise.policy.clone() value=priority error=at("priority")/>
                <FilePicker place=place.clone() files=draft.files.clone() error=at("files") busy=uploading/>
                <PromiseBox policy=raise.policy priority=priority/>
                <div class="form__send">
                    <button class="button button--primary" type="submit" disabled=move || busy.get() || uploading.get()>
                        {move || if busy.get() { words::sending(locale) } else { words::raise(locale) }}
                    </button>
                    <DraftKeeper place=place saved_at=draft.saved_at/>
                    {move || uploading.get().then(|| view! { <span class="draft">{common::wait_for_files(locale)}</span> })}
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// What the controls are called, for the summary of what is wrong.
fn labels(locale: Locale, forms: &[Form]) -> Vec<(String, String)> {
    let all = [
        ("requester", words::requester(locale)),
        ("channel", words::channel_label(locale)),
        ("subject", words::subject(locale)),
        ("description", words::description(locale)),
        ("priority", common::priority_label(locale)),
        ("files", common::files(locale)),
    ];
    let all = all.map(|(control, label)| (control.to_owned(), label.to_owned()));
    let own = forms.iter().flat_map(|form| &form.fields).map(|field| (field.control(), field.label.clone()));
    all.into_iter().chain(own).collect()
}

/// The fields that are a form's own. What was typed into one form's is there again when one comes back to it.
#[derive(Clone, Copy)]
struct OwnFields {
    forms: StoredValue<Vec<Form>>,
    typed: StoredValue<Vec<(String, String)>>,
    problems: RwSignal<Vec<FieldProblem>>,
}

impl OwnFields {
    fn view(self, slug: &str) -> AnyView {
        let locale = use_locale();
        let fields = self.forms.with_value(|forms| {
            forms.iter().find(|form| form.slug == slug).map(|form| form.fields.clone()).unwrap_or_default()
        });
        let field = |field: domain::form::Field| {
            let control = field.control();
            let value = self.typed.with_value(|typed| {
                typed.iter().find(|(name, _)| *name == control).map(|(_, value)| value.clone()).unwrap_or_default()
            });
            let error = Signal::derive(move || {
                let wrong = |problems: &Vec<FieldProblem>| {
                    problems.iter().find(|p| p.field == control).map(|p| p.problem.clone())
                };
                self.problems.with(wrong).map(|problem| common::problem(locale, &problem))
            });
            view! { <FormField field=field value=value error=error/> }
        };
        fields.into_iter().map(field).collect_view().into_any()
    }

    #[cfg(feature = "hydrate")]
    fn keep(self, event: &leptos::ev::Event) {
        use wasm_bindgen::JsCast;
        let Some(target) = event.target() else { return };
        let (name, value) = if let Some(input) = target.dyn_ref::<web_sys::HtmlInputElement>() {
            (input.name(), input.value())
        } else if let Some(area) = target.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            (area.name(), area.value())
        } else if let Some(select) = target.dyn_ref::<web_sys::HtmlSelectElement>() {
            (select.name(), select.value())
        } else {
            return;
        };
        self.typed.update_value(|typed| {
            typed.retain(|(of, _)| *of != name);
            typed.push((name, value));
        });
    }

    #[cfg(not(feature = "hydrate"))]
    fn keep(self, _event: &leptos::ev::Event) {}
}

/// What a form on its way changes.
#[derive(Clone, Copy)]
struct Sending {
    problems: RwSignal<Vec<FieldProblem>>,
    failed: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
}

#[cfg(feature = "hydrate")]
fn send(event: &SubmitEvent, state: Sending, sent: impl Fn(String) + 'static) {
    use wasm_bindgen::JsCast;
    let Some(form) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok()) else {
        return;
    };
    let Ok(data) = web_sys::FormData::new_with_form(&form) else { return };
    event.prevent_default();
    if state.busy.get_untracked() {
        return;
    }
    state.busy.set(true);
    state.problems.set(Vec::new());
    state.failed.set(None);
    leptos::task::spawn_local(async move {
        match crate::api::desk::raise_for(data.into()).await {
            Ok(raised) => sent(raised.key),
            Err(ApiError::Invalid(found)) if !found.is_empty() => {
                let _ = state.problems.try_set(found);
            }
            Err(error) => {
                let _ = state.failed.try_set(Some(error));
            }
        }
        let _ = state.busy.try_set(false);
    });
}

/// Without the browser's half the form goes to the server by itself.
#[cfg(not(feature = "hydrate"))]
fn send(_event: &SubmitEvent, state: Sending, _sent: impl Fn(String) + 'static) {
    let _ = (state.problems, state.failed, state.busy);
}
