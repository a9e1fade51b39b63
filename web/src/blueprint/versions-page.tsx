import './blueprint.css';
import { useMay } from '../account/me';
import { sourceText, useNames } from '../account/users';
import { Answer } from '../design/answer';
import { CopyButton } from '../design/copy';
import { clockText, count, countOf, dayText } from '../design/format';
import { Icon } from '../design/icon';
import { StatusShape } from '../design/marks';
import { Empty, Shown, SkeletonRows } from '../design/states';
import { Link } from '../shell/router';
import { Page } from '../shell/shell';
import { useVersion, useVersions } from './versions';

const when = (at: string) => `${dayText(at)}, ${clockText(at)}`;

/** All versions of the blueprint, the newest first: who brought each into force, when and why. With a number: its text. */
export default function VersionsPage({ params }: { params: Record<string, string> }) {
    return params.number ? <OneVersion number={Number(params.number)} /> : <AllVersions />;
}

function AllVersions() {
    const query = useVersions();
    const names = useNames();
    const may = useMay('edit-blueprint');
    return (
        <Page title="Versions of the blueprint">
            <p className="crumb"><Link className="link" to="/blueprint">Blueprint</Link><Icon name="right" /><span>Versions</span></p>
            <Shown page query={query} loading={<SkeletonRows rows={8} height={56} />}>
                {({ pages }) => {
                    const versions = pages.flatMap((page) => page.versions);
                    const inForce = pages[0]!.in_force;
                    return (
                        <>
                            <Answer
                                finding={{ text: inForce === 0 ? 'The blueprint in force is kept nowhere.' : `Version ${count(inForce)} is in force.` }}
                                proof={[versions[0] && inForce > 0 && `since ${when(versions[0].at)}`, may && <Link key="c" className="link" to="/blueprint/change">Change it</Link>]}
                            />
                            <section className="sec versions" aria-label="Versions">
                                {versions.length === 0 && <Empty>It was given when the server was started. Once it is changed here, each version stands in this list.</Empty>}
                                <ol className="version-rows">
                                    {versions.map(({ number, at, author, reason }) => (
                                        <li key={number}>
                                            <p className="name"><Link className="strong link" to={`/blueprint/versions/${number}`}>{`Version ${count(number)}`}</Link>{number === inForce && <span className="state small"><StatusShape status="kept" />in force</span>}</p>
                                            <p>{reason || <span className="dim">no reason was written</span>}</p>
                                            <p className="small dim num">{`${sourceText(author, names)}, ${when(at)}`}</p>
                                        </li>
                                    ))}
                                </ol>
                                {query.hasNextPage && <button type="button" className="btn" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Show earlier ones</button>}
                            </section>
                        </>
                    );
                }}
            </Shown>
        </Page>
    );
}

function OneVersion({ number }: { number: number }) {
    const query = useVersion(number);
    const names = useNames();
    const may = useMay('edit-blueprint');
    return (
        <Page title={`Version ${number} of the blueprint`}>
            <p className="crumb"><Link className="link" to="/blueprint">Blueprint</Link><Icon name="right" /><Link className="link" to="/blueprint/versions">Versions</Link><Icon name="right" /><span>{count(number)}</span></p>
            <Shown page query={query} loading={<SkeletonRows rows={14} height={30} />}>
                {({ toml, reason, author, at, bytes }) => (
                    <>
                        <Answer
                            size="title" finding={{ text: reason || `Version ${count(number)}` }}
                            proof={[`version ${count(number)}`, sourceText(author, names), when(at), countOf(bytes, 'byte')]}
                        />
                        <p className="acts">
                            <CopyButton text={toml} of="the text" />
                            {may && <Link className="btn" to={`/blueprint/change?from=${number}`}>See what going back would change</Link>}
                        </p>
                        <pre className="toml-text" tabIndex={0} aria-label="The text">{toml}</pre>
                    </>
                )}
            </Shown>
        </Page>
    );
}
