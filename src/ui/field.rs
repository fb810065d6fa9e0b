//! A labelled text field with its error beneath.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Field`].
#[derive(Properties, PartialEq)]
pub(crate) struct FieldProps {
    /// Unique on the page.
    pub(crate) id: &'static str,
    /// Its label.
    pub(crate) label: AttrValue,
    /// Where its value is read.
    pub(crate) input: NodeRef,
    /// `type`: `text` or `password`.
    #[prop_or("text")]
    pub(crate) kind: &'static str,
    /// `autocomplete`, for password managers.
    pub(crate) autocomplete: &'static str,
    /// A dialog that opens with it gives it the focus.
    #[prop_or_default]
    pub(crate) autofocus: bool,
    /// What is wrong with it, if anything.
    #[prop_or_default]
    pub(crate) error: Option<AttrValue>,
    /// Most characters.
    pub(crate) max_length: u32,
    /// What stands at the end of the label's line, and comes after the field by keyboard.
    #[prop_or_default]
    pub(crate) aside: Html,
}

/// A labelled text field. Its value lives in the element: what a password manager or an input
/// method writes there is never overwritten by a render.
#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    let error_id = format!("{}-error", props.id);
    html! {
        <div class="field">
            <label for={props.id}>{ &props.label }</label>
            <input
                ref={props.input.clone()}
                id={props.id}
                name={props.id}
                type={props.kind}
                autocomplete={props.autocomplete}
                autocapitalize="none"
                spellcheck="false"
                maxlength={props.max_length.to_string()}
                autofocus={props.autofocus}
                aria-invalid={props.error.is_some().then_some("true")}
                aria-describedby={props.error.is_some().then(|| error_id.clone())}
            />
            { props.aside.clone() }
            if let Some(error) = &props.error {
                <p class="field-error" id={error_id} role="alert">{ error }</p>
            }
        </div>
    }
}

/// The value of a field.
pub(crate) fn value(input: &NodeRef) -> String {
    input
        .cast::<HtmlInputElement>()
        .map(|input| input.value())
        .unwrap_or_default()
}

/// Moves the focus to a field.
pub(crate) fn focus(input: &NodeRef) {
    if let Some(input) = input.cast::<HtmlInputElement>() {
        let _ = input.focus();
    }
}
