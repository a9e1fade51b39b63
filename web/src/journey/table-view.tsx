import { count, durationText, estimateText, intervalText, shareText } from '../design/format';
import { FeelingDisc } from '../design/marks';
import { Table, type Column } from '../design/table';
import { useAsked } from '../question/address';
import { Export } from '../shell/export';
import { Link } from '../shell/router';
import type { FlowGraph, GraphEdge } from './flow-graph';
import { selectionText, stopName, type Selection } from './journey-question';
import type { Picture } from './picture';

/** The map's paths as a table: the same numbers, the same selection, the same address. */
export function TableView({ graph, picture, selection, question }: {
    graph: FlowGraph; picture: Picture | null; selection: Selection | null; question: string;
}) {
    const asked = useAsked();
    const isOn = (edge: GraphEdge) => selection?.kind === 'path' && selection.from === edge.from && selection.to === edge.to;
    const columns: Column<GraphEdge>[] = [
        {
            name: 'Path',
            order: (edge) => `${stopName(edge.from)} ${stopName(edge.to)}`.toLowerCase(),
            cell: (edge) => (
                <Link className="link" keepScroll to={asked.with({ select: selectionText({ kind: 'path', from: edge.from, to: edge.to }) })} {...(isOn(edge) ? { 'aria-current': 'true' as const } : {})}>
                    {`${stopName(edge.from)} to ${stopName(edge.to)}`}
                </Link>
            ),
        },
        { name: 'Episodes', right: true, order: (edge) => edge.units, cell: (edge) => count(edge.units) },
        { name: 'Share', right: true, order: (edge) => edge.share, cell: (edge) => shareText(edge.share) },
        { name: 'Times', right: true, order: (edge) => edge.count, cell: (edge) => count(edge.count) },
        {
            name: 'Feeling', order: (edge) => edge.experience.estimate ?? 9,
            cell: ({ experience }) => experience.estimate === null
                ? <span className="dim">{`not enough answers, ${intervalText(experience)}`}</span>
                : <span className="state"><FeelingDisc feeling={experience.estimate} size={10} />{estimateText(experience)} <span className="ci">{intervalText(experience)}</span></span>,
        },
        { name: 'Median between', right: true, order: (edge) => edge.seconds.median ?? -1, cell: (edge) => (edge.seconds.median === null ? '' : durationText(edge.seconds.median)) },
        { name: '1 in 10 over', right: true, order: (edge) => edge.seconds.p90 ?? -1, cell: (edge) => (edge.seconds.p90 === null ? '' : durationText(edge.seconds.p90)) },
        { name: 'Forced', right: true, order: (edge) => edge.forced, cell: (edge) => (edge.forced > 0 ? shareText(edge.forced / edge.count) : '') },
        { name: 'In the picture', order: (edge) => (picture?.edges.has(edge.id) ? 1 : 0), cell: (edge) => (picture?.edges.has(edge.id) ? 'yes' : <span className="dim">no</span>) },
    ];
    const rows = [...graph.edges].sort((a, b) => b.units - a.units || (a.id < b.id ? -1 : 1));
    return (
        <div className="table-view">
            <p className="table-head">
                <span className="small dim">{`${count(rows.length)} paths, most episodes first`}</span>
                <Export question={question} name="paths" label="Export these paths" />
            </p>
            <Table caption="Paths of the map" columns={columns} rows={rows} rowKey={(edge) => edge.id} />
        </div>
    );
}
