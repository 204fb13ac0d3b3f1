//! The context as a template walks it: field by field, by reference.

/// A value of the context.
#[derive(Clone, Copy)]
pub(in crate::render) enum Value<'c> {
    Null,
    Bool(bool),
    Text(&'c str),
    List(&'c dyn List),
    Fields(&'c dyn Fields),
}

impl Value<'_> {
    /// Whether `{{#if …}}` takes it for true.
    pub(super) fn is_truthy(self) -> bool {
        match self {
            Value::Null => false,
            Value::Bool(value) => value,
            Value::Text(text) => !text.is_empty(),
            Value::List(list) => list.count() > 0,
            Value::Fields(_) => true,
        }
    }
}

/// What has fields.
pub(in crate::render) trait Fields {
    /// The field of a name; none if there is none.
    fn field(&self, name: &str) -> Option<Value<'_>>;
}

/// What has entries.
pub(in crate::render) trait List {
    /// How many.
    fn count(&self) -> usize;

    /// The entry at a place.
    fn entry(&self, at: usize) -> Option<Value<'_>>;
}

/// What can be a value.
pub(in crate::render) trait View {
    fn view(&self) -> Value<'_>;
}

impl View for String {
    fn view(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl View for bool {
    fn view(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

impl<T: View> View for Option<T> {
    fn view(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, View::view)
    }
}

impl<T: View> View for Vec<T> {
    fn view(&self) -> Value<'_> {
        Value::List(self)
    }
}

impl<T: View> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn entry(&self, at: usize) -> Option<Value<'_>> {
        self.get(at).map(View::view)
    }
}

/// Makes the fields of a context visible. All must be listed, else it does not compile; those in brackets have fields that count as its
/// own, the one after `!` is none.
macro_rules! fields {
    ($($name:ident { $($field:ident),* $(,)? $([$($inner:ident),*])? $(! $hidden:ident)? })*) => { $(
        impl crate::render::script::view::Fields for $name {
            fn field(&self, name: &str) -> Option<crate::render::script::view::Value<'_>> {
                let $name { $($field,)* $($($inner,)*)? $($hidden: _)? } = self;
                match name {
                    $(stringify!($field) => Some(crate::render::script::view::View::view($field)),)*
                    _ => None$($(.or_else(|| crate::render::script::view::Fields::field($inner, name)))*)?,
                }
            }
        }

        impl crate::render::script::view::View for $name {
            fn view(&self) -> crate::render::script::view::Value<'_> {
                crate::render::script::view::Value::Fields(self)
            }
        }
    )* };
}

pub(in crate::render) use fields;
