//! Pages that are loaded by area: all pages of one area come in the same lazy piece of WebAssembly.
//!
//! Leptos' own `#[lazy_route]` makes a piece of every page, and a further one for every set of pages that share code:
//! a hundred small files for a dozen pages. Areas keep what a person visits together, and apart what they never see.

/// Makes a lazy route of a page: `lazy_page!(portal, RequestsRoute, requests)` defines `RequestsRoute`, to be used as
/// `Lazy::<RequestsRoute>::new()`, which shows what the function `requests() -> AnyView` returns.
///
/// The function makes its own resources, so that reading their data is part of the area's piece as well, not of what
/// everyone downloads. The third name must be unique in the crate.
// rustfmt moves the attribute inside further to the right each time it runs.
#[rustfmt::skip]
macro_rules! lazy_page {
    ($area:ident, $route:ident, $page:ident) => {
        pub struct $route;

        const _: () = {
            use ::leptos::prelude::AnyView;

            mod piece {
                use ::leptos::prelude::AnyView;

                #[cfg(feature = "hydrate")]
                #[::leptos::wasm_split::wasm_split($area, wasm_split_path = ::leptos::wasm_split, preload(#[doc(hidden)] load))]
                pub(super) fn $page() -> AnyView {
                    super::$page()
                }

                #[cfg(not(feature = "hydrate"))]
                pub(super) async fn $page() -> AnyView {
                    // The page that is sent now tells the browser to fetch the piece early.
                    ::leptos::prefetch_lazy_fn_on_server(stringify!($area));
                    super::$page()
                }

                #[cfg(not(feature = "hydrate"))]
                pub(super) async fn load() {}
            }

            impl ::leptos_router::LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                async fn view(_this: Self) -> AnyView {
                    $crate::page::here::start_afresh();
                    piece::$page().await
                }

                async fn preload() {
                    piece::load().await;
                }
            }
        };
    };
}
