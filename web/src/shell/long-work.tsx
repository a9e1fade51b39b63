import { callOffAll, useLongWork } from '../api/tasks';
import { shareText } from '../design/format';

/** Says how far a long count is and lets it be stopped; over the page, so that nothing moves. */
export function LongWork() {
    const share = useLongWork();
    if (share === null) {
        return null;
    }
    return (
        <div className="long-work" role="status">
            <progress aria-label="counting" value={share} max={1} />
            <span className="axis">counting, {shareText(share)}</span>
            <button type="button" className="btn" onClick={callOffAll}>Stop</button>
        </div>
    );
}
