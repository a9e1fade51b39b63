import { useMemo, useState, type ReactNode } from 'react';
import { Icon } from './icon';

export interface Column<Row> {
    name: string;
    cell: (row: Row) => ReactNode;
    /** What to sort by; without it the column is not sorted. */
    order?: (row: Row) => number | string;
    right?: boolean;
}

/** A dense table: sorts by clicking a head, scrolls sideways inside itself, says in its caption what it holds. */
export function Table<Row>({ caption, columns, rows, rowKey }: {
    caption: string;
    columns: Column<Row>[];
    rows: Row[];
    rowKey: (row: Row) => string;
}) {
    const [sorted, setSorted] = useState<{ by: number; down: boolean } | null>(null);
    const shown = useMemo(() => {
        const order = sorted ? columns[sorted.by]?.order : undefined;
        if (!sorted || !order) {
            return rows;
        }
        const way = sorted.down ? -1 : 1;
        return [...rows].sort((a, b) => {
            const [p, q] = [order(a), order(b)];
            return (p < q ? -1 : p > q ? 1 : 0) * way;
        });
    }, [rows, columns, sorted]);
    const click = (by: number) => setSorted((now) => (now?.by !== by ? { by, down: true } : now.down ? { by, down: false } : null));
    return (
        <div className="table-wrap" tabIndex={0} role="group" aria-label={caption}>
            <table className="table">
                <caption className="vh">{caption}</caption>
                <thead>
                    <tr>
                        {columns.map((column, i) => {
                            const mine = sorted?.by === i;
                            return (
                                <th key={column.name} scope="col" className={column.right ? 'r' : undefined} aria-sort={mine ? (sorted.down ? 'descending' : 'ascending') : undefined}>
                                    {column.order ? (
                                        <button type="button" onClick={() => click(i)}>
                                            {column.name}
                                            {mine && <Icon name={sorted.down ? 'down' : 'up'} />}
                                        </button>
                                    ) : column.name}
                                </th>
                            );
                        })}
                    </tr>
                </thead>
                <tbody>
                    {shown.map((row) => (
                        <tr key={rowKey(row)}>
                            {columns.map((column) => <td key={column.name} className={column.right ? 'r' : undefined}>{column.cell(row)}</td>)}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
