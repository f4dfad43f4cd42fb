//! Choosing files. Without JavaScript a plain input whose files go along with the form; in the browser each file is sent
//! at once, with progress, and waits on the server for the submit.

use domain::form::{FILE_MAX_MB, FILES_MAX};
use domain::i18n::Locale;
use domain::view::FileView;
use leptos::html;
use leptos::prelude::*;

use super::field::{Frame, described_by, invalid};
use super::{Glyph, Icon, Text};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

#[cfg(feature = "hydrate")]
mod send;

/// Where a file is on its way.
// The server only ever makes the first of what the browser makes all of.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, PartialEq)]
enum State {
    Stored(i64),
    /// Percent.
    Sending(u16),
    /// Can be tried again.
    Failed(String),
    /// Will not be taken.
    Refused(String),
}

#[derive(Clone)]
struct Entry {
    key: usize,
    name: String,
    bytes: i64,
    image: bool,
    state: RwSignal<State>,
}

/// The files of one place, and the ways to add and remove some.
#[derive(Clone, Copy)]
struct Picker {
    place: StoredValue<String>,
    entries: RwSignal<Vec<Entry>>,
    last_key: StoredValue<usize>,
    /// The files themselves, for a second try.
    #[cfg(feature = "hydrate")]
    files: StoredValue<Vec<(usize, web_sys::File)>, LocalStorage>,
    too_many: RwSignal<bool>,
    /// Something is dragged over the form.
    over: RwSignal<bool>,
    // What is heard on the form comes from outside the tree of owners, where there is no context to ask.
    locale: Locale,
}

impl Picker {
    fn new(place: String, stored: Vec<FileView>) -> Self {
        let picker = Self {
            place: StoredValue::new(place),
            entries: RwSignal::new(Vec::new()),
            last_key: StoredValue::new(0),
            #[cfg(feature = "hydrate")]
            files: StoredValue::new_local(Vec::new()),
            too_many: RwSignal::new(false),
            over: RwSignal::new(false),
            locale: use_locale(),
        };
        for file in stored {
            let image = file.media_type.starts_with("image/");
            picker.push(file.name, file.bytes, image, State::Stored(file.id));
        }
        picker
    }

    fn push(self, name: String, bytes: i64, image: bool, state: State) -> Entry {
        self.last_key.update_value(|key| *key += 1);
        let entry = Entry { key: self.last_key.get_value(), name, bytes, image, state: RwSignal::new(state) };
        self.entries.update(|entries| entries.push(entry.clone()));
        entry
    }

    /// Files that are still on their way.
    fn is_sending(self) -> bool {
        self.entries.with(|entries| entries.iter().any(|entry| matches!(entry.state.get(), State::Sending(_))))
    }
}

/// What browsers only can do; on the server nobody calls it.
#[cfg(not(feature = "hydrate"))]
impl Picker {
    fn remove(self, _entry: &Entry) {
        let _ = self.place;
    }
    fn retry(self, _entry: &Entry) {}
    fn chosen(self, _event: &leptos::ev::Event) {
        self.too_many.set(false);
        let _ = (self.over, self.locale);
    }
    fn take_in(self, _input: NodeRef<html::Input>) {}
}

/// A field for files, with its list.
#[component]
pub fn FilePicker(
    /// Names what the files wait for: `raise/problem`, `reply/ACME-17`.
    #[prop(into)]
    place: String,
    /// Those that wait already.
    #[prop(optional)]
    files: Vec<FileView>,
    #[prop(into, optional)] error: Signal<Option<String>>,
    /// A button without label and drop zone: in a composer.
    #[prop(optional)]
    compact: bool,
    /// Is told whether files are still on their way.
    #[prop(optional)]
    busy: Option<RwSignal<bool>>,
) -> impl IntoView {
    let locale = use_locale();
    let picker = Picker::new(place, files);
    let (live, set_live) = signal(false);
    let over = picker.over;
    let chooser = NodeRef::<html::Input>::new();
    picker.take_in(chooser);
    Effect::new(move |_| set_live.set(true));
    Effect::new(move |_| {
        if let Some(busy) = busy {
            busy.set(picker.is_sending());
        }
    });
    let id = "files".to_owned();
    let hint: Text = words::file_limits(locale, FILES_MAX, FILE_MAX_MB).into();
    let error = Signal::derive(move || {
        if picker.too_many.get() { Some(words::too_many_files(locale, FILES_MAX)) } else { error.get() }
    });
    let input = view! {
        <input
            class="drop__input"
            node_ref=chooser
            type="file"
            multiple
            id=id.clone()
            // In the browser the files have gone ahead; the form must not send them again.
            name=move || (!live.get()).then_some("files")
            aria-describedby=described_by(&id, true)
            aria-invalid=invalid(error)
            on:change=move |event| picker.chosen(&event)
        />
    };
    let list = view! {
        <ul class="files">
            <For each=move || picker.entries.get() key=|entry| entry.key let:entry>
                <FileRow picker=picker entry=entry/>
            </For>
        </ul>
    };
    if compact {
        return view! {
            <div class="attach" class:attach--over=over>
                {list}
                <p class="field__error" id="files-error">
                    {move || error.get().map(|text| view! { <Icon name=Glyph::Late/><span>{text}</span> })}
                </p>
                <label class="attach__add"><Icon name=Glyph::Clip/><span>{words::add_files(locale)}</span>{input}</label>
                <span class="visually-hidden" id="files-hint">{hint}</span>
            </div>
        }
        .into_any();
    }
    let control = view! {
        <div class="drop" class:drop--over=over>
            <span aria-hidden="true"><b>{words::choose_files(locale)}</b>" "{words::or_drop_them(locale)}</span>
            {input}
        </div>
        {list}
    }
    .into_any();
    view! { <Frame id=id label=words::files(locale).into() hint=hint error=error optional=true control=control/> }
        .into_any()
}

#[component]
fn FileRow(picker: Picker, entry: Entry) -> impl IntoView {
    let locale = use_locale();
    let state = entry.state;
    let stuck = move || matches!(state.get(), State::Failed(_) | State::Refused(_));
    let image = entry.image;
    let icon = move || {
        let icon = if stuck() {
            Glyph::Late
        } else if image {
            Glyph::Image
        } else {
            Glyph::File
        };
        view! { <Icon name=icon/> }
    };
    let size = format::size(locale, entry.bytes);
    let about = move || match state.get() {
        State::Sending(percent) => [&size, " · ", &percent.to_string(), " %"].concat(),
        _ => size.clone(),
    };
    let progress = move || match state.get() {
        State::Sending(percent) => Some(view! {
            <progress class="file__progress" max="100" value=percent.to_string() aria-label=words::uploading(locale)></progress>
        }),
        _ => None,
    };
    let trouble = move || match state.get() {
        State::Failed(text) | State::Refused(text) => Some(view! { <p class="file__trouble" role="alert">{text}</p> }),
        _ => None,
    };
    let (again, gone) = (entry.clone(), entry.clone());
    let retry_label = words::try_file_again(locale, &entry.name);
    let retry = move || {
        let again = again.clone();
        matches!(state.get(), State::Failed(_)).then(|| {
            view! {
                <button type="button" class="link-button" aria-label=retry_label.clone() on:click=move |_| picker.retry(&again)>
                    {words::try_again(locale)}
                </button>
            }
        })
    };
    let remove_label = words::remove_file(locale, &entry.name);
    view! {
        <li class="file" class:file--stuck=stuck>
            {icon}
            <span class="file__name">{entry.name.clone()}</span>
            <span class="file__about">{about}</span>
            {retry}
            <button type="button" class="link-button file__remove" aria-label=remove_label on:click=move |_| picker.remove(&gone)>
                {words::remove(locale)}
            </button>
            {progress}
            {trouble}
        </li>
    }
    .into_any()
}
