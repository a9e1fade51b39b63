import { encode } from 'uqr';

const quiet = 4; // modules of white around it that readers need

/** A text as QR code, drawn here: nobody else hears of it. Dark on white in both themes, as cameras want it. */
export function QrCode({ text, label }: { text: string; label: string }) {
    const { data, size } = encode(text, { ecc: 'M', border: 0 });
    const whole = size + 2 * quiet;
    return (
        <svg className="qr" viewBox={`0 0 ${whole} ${whole}`} role="img" aria-label={label} shapeRendering="crispEdges">
            <rect width={whole} height={whole} fill="#fff" />
            <path d={moduleRuns(data, quiet)} fill="#000" />
        </svg>
    );
}

/** The dark modules as one path: a rectangle for each run of them in a row. */
export function moduleRuns(rows: readonly (readonly boolean[])[], offset: number): string {
    const parts: string[] = [];
    rows.forEach((row, y) => {
        for (let x = 0; x < row.length; x += 1) {
            if (row[x]) {
                const from = x;
                while (row[x + 1]) {
                    x += 1;
                }
                const run = x - from + 1;
                parts.push(`M${from + offset} ${y + offset}h${run}v1h-${run}z`);
            }
        }
    });
    return parts.join('');
}
