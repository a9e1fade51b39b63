import { useId, type InputHTMLAttributes } from 'react';

/** A field with its name above and what it takes below; what is typed is read from the form by `name`. */
export function Field({ label, hint, ...input }: { label: string; hint?: string } & InputHTMLAttributes<HTMLInputElement>) {
    const id = useId();
    return (
        <p className="field">
            <label className="label" htmlFor={id}>{label}</label>
            <input id={id} required aria-describedby={hint ? `${id}-hint` : undefined} {...input} />
            {hint && <span className="axis" id={`${id}-hint`}>{hint}</span>}
        </p>
    );
}
