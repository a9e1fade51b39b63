import { useId, useState } from 'react';

const forms = [
    { form: 'xlsx', name: 'Excel', what: 'numbers, and a sheet that says where they come from' },
    { form: 'csv', name: 'CSV', what: 'for any spreadsheet' },
    { form: 'parquet', name: 'Parquet', what: 'for data tools' },
    { form: 'json', name: 'JSON', what: 'the whole answer' },
] as const;

/** As many rows as the server gives in one answer. */
export const rowsExportedMax = 10_000;

/** The address of an answer as a file. */
export function exportAddress(question: string, form: (typeof forms)[number]['form']): string {
    return `/api/ask?format=${form}&q=${encodeURIComponent(question)}`;
}

/**
 * Exactly what is shown, as a file: a button that opens the list of forms. `name` is what the file is called, `label` says
 * what is in it.
 */
export function Export({ question, name, label, wide = false }: { question: string; name: string; label: string; wide?: boolean }) {
    const [open, setOpen] = useState(false);
    const list = useId();
    return (
        <div className="export" onKeyDown={(event) => {
            if (event.key === 'Escape' && open) {
                event.stopPropagation();
                setOpen(false);
            }
        }}>
            <button type="button" className={wide ? 'btn wide' : 'btn'} aria-expanded={open} aria-controls={list} onClick={() => setOpen(!open)}>
                {label}
            </button>
            <ul id={list} hidden={!open} className="forms">
                {forms.map(({ form, name: called, what }) => (
                    <li key={form}>
                        <a className="link" href={exportAddress(question, form)} download={`${name}.${form}`} onClick={() => setOpen(false)}>{called}</a>
                        <span className="small dim">{` ${what}`}</span>
                    </li>
                ))}
            </ul>
        </div>
    );
}
