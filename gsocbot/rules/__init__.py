"""Pure decisions: values and a moment in, a value or a refusal out."""
