import './blueprint.css';
import type { ReactNode } from 'react';
import { useMay } from '../account/me';
import { useBlueprint, useValues } from '../api/queries';
import { Answer } from '../design/answer';
import { capital, count, countOf } from '../design/format';
import { channelIcon, Icon } from '../design/icon';
import { metricName } from '../design/metric-name';
import { Empty, Shown, Skeleton, SkeletonRows } from '../design/states';
import { quoted } from '../question/address';
import { Link } from '../shell/router';
import { Page } from '../shell/shell';
import { blueprintSentence, heldAgainst, metricTarget, metricWords, type Blueprint, type HeldAgainst } from './held-against';
import { JourneyDesign } from './journey-design';
import { PromiseDesigns, TouchpointDesigns } from './touchpoint-designs';

/** As many touchpoints as are held against the blueprint. */
const touchpointsMax = 1000;

/** What did we design, and does reality know it? The blueprint as a page to read, with the way to what happened. */
export default function BlueprintPage() {
    const query = useBlueprint();
    const may = useMay('ask-questions');
    const { data: values } = useValues(may ? 'touchpoint' : '', 'flow', '', touchpointsMax);
    return (
        <Page title="Blueprint" bar={<Sections />}>
            <Shown page query={query} loading={<Loading />}>
                {(blueprint) => <View blueprint={blueprint} held={values && values.field === 'touchpoint' ? heldAgainst(blueprint, values) : null} />}
            </Shown>
        </Page>
    );
}

const sections = [['journeys', 'Journeys'], ['promises', 'Promises'], ['touchpoints', 'Touchpoints'], ['channels', 'Channels'], ['metrics', 'Metrics']] as const;

function Sections() {
    return (
        <nav className="ask scrolls" aria-label="Parts of the blueprint">
            {sections.map(([id, text]) => <a className="tok" key={id} href={`#${id}`}>{text}</a>)}
        </nav>
    );
}

function Section({ id, head, more, children }: { id: string; head: string; more?: ReactNode; children: ReactNode }) {
    return (
        <section className="sec" id={id} aria-labelledby={`h-${id}`}>
            <header><h2 className="head" id={`h-${id}`}>{head}</h2>{more && <span className="label">{more}</span>}</header>
            {children}
        </section>
    );
}

function View({ blueprint, held }: { blueprint: Blueprint; held: HeldAgainst | null }) {
    const { journeys, promises, touchpoints, channels, metrics, scales, dimensions } = blueprint;
    const mayChange = useMay('edit-blueprint');
    const own = metrics.filter(({ builtin }) => !builtin);
    const orphans = touchpoints.filter(({ owner }) => owner === '').length;
    return (
        <>
            <Answer
                finding={{ text: blueprintSentence(blueprint, held) }}
                proof={[
                    blueprint.version > 0 && <Link key="v" className="link" to="/blueprint/versions">{`version ${count(blueprint.version)}`}</Link>, blueprint.name, blueprint.time_zone, countOf(promises.length, 'promise'), countOf(own.length, 'metric'), orphans > 0 && `${countOf(orphans, 'touchpoint')} without an owner`,
                    mayChange && <Link key="c" className="link" to="/blueprint/change">Change it</Link>,
                ]}
            />
            <div className="blueprint">
                <Section id="journeys" head="Journeys" more="rings: what customers are meant to feel">
                    {journeys.length === 0
                        ? <Empty>No journey is designed. Write one under [journey."name"] with the touchpoints that it starts and ends at.</Empty>
                        : journeys.map((journey, i) => <JourneyDesign key={journey.name} journey={journey} blueprint={blueprint} held={held} withAxis={i === 0} />)}
                </Section>
                <Section id="promises" head="Promises"><PromiseDesigns promises={promises} /></Section>
                <Section id="touchpoints" head="Touchpoints" more={held ? `${count(held.met.size)} met` : undefined}><TouchpointDesigns blueprint={blueprint} held={held} /></Section>
                <div className="thirds">
                    <Section id="channels" head="Channels">
                        {channels.length === 0 && <Empty>No channel is declared; each is taken as it is sent.</Empty>}
                        <ul className="plain">
                            {channels.map(({ name, kind }) => (
                                <li key={name}>
                                    <span className="state"><Icon name={channelIcon(name, kind)} /><Link className="link" to={`/?where=${encodeURIComponent(`channel = ${quoted(name)}`)}`}>{capital(name)}</Link></span>
                                    <span className="dim">{kind}</span>
                                </li>
                            ))}
                        </ul>
                    </Section>
                    <Section id="metrics" head="Metrics and targets">
                        {own.length === 0 && <Empty>None of its own; the usual ones are there without being declared.</Empty>}
                        <ul className="plain">
                            {own.map((metric) => (
                                <li key={metric.name}>
                                    <span className="word">{metricName(metric.name)}</span><span className={metric.target === null ? 'dim' : undefined}>{metricTarget(metric)}</span>
                                    <span className="axis wide">{metricWords(metric)}</span>
                                </li>
                            ))}
                        </ul>
                    </Section>
                    <Section id="fields" head="Scales and dimensions">
                        <ul className="plain">
                            {scales.map((scale) => (
                                <li key={scale.name}><span>{scale.name}</span><span className="dim">{`${count(scale.low)} to ${count(scale.high)}${scale.high_is_good ? '' : ', low is good'}`}</span></li>
                            ))}
                            {dimensions.map(({ name, source, key }) => (
                                <li key={name}><span>{name}</span><span className="dim">{key === name ? `from the ${source}` : `${key} of the ${source}`}</span></li>
                            ))}
                        </ul>
                    </Section>
                </div>
            </div>
        </>
    );
}

function Loading() {
    return (
        <>
            <Skeleton height={32} width="min(28em, 90%)" />
            <div className="proof"><Skeleton height={14} width="min(24em, 80%)" /></div>
            <div className="sec blueprint"><SkeletonRows rows={14} height={44} /></div>
        </>
    );
}
