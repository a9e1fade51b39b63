import type { Schema } from '../api/client';
import { capital, count, durationText, moneyText, targetText } from '../design/format';
import { channelIcon, Icon } from '../design/icon';
import { StatusShape } from '../design/marks';
import { Empty } from '../design/states';
import { quoted } from '../question/address';
import { Drill } from '../shell/drill';
import { anyOf, type Blueprint, type HeldAgainst } from './held-against';
import { TouchpointLink } from './touchpoint-link';

/** Each promise: where it is made, where it is kept, by when, and how often it should be. */
export function PromiseDesigns({ promises }: { promises: Schema['BlueprintPromise'][] }) {
    if (promises.length === 0) {
        return <Empty>No promise is written down. Write one under [promise.name] with where it is made and where it is kept.</Empty>;
    }
    return (
        <ul className="promise-designs">
            {promises.map(({ name, made, kept, within, at_risk: risk, target, owner }) => (
                <li key={name}>
                    <p className="name"><span className="strong">{name}</span><span className="axis">{owner || 'no owner'}</span></p>
                    <p className="small soft">
                        {`Made at ${anyOf(made)}; kept at ${anyOf(kept)} ${within === null ? 'by the time that is said there' : `within ${durationText(within)}`}.`}
                        {risk !== null && ` At risk ${durationText(risk)} before.`}
                    </p>
                    <p className="target small"><span className="state"><StatusShape status="promised" />{target === null ? 'no target' : `${targetText(target, 'share')} kept`}</span></p>
                    <p className="small looks">
                        {(['kept', 'late', 'broken'] as const).map((outcome) => (
                            <Drill key={outcome} question={`episodes where promise ${quoted(name)} is ${outcome}`} of={`${name}, ${outcome}`}>{outcome}</Drill>
                        ))}
                    </p>
                </li>
            ))}
        </ul>
    );
}

/** All touchpoints by their stage, with how often each was met; and those that were met without being designed. */
export function TouchpointDesigns({ blueprint, held }: { blueprint: Blueprint; held: HeldAgainst | null }) {
    const { touchpoints, channels } = blueprint;
    const stages = [...new Set([...blueprint.stages, ...touchpoints.map(({ stage }) => stage)])];
    const kindOf = new Map(channels.map(({ name, kind }) => [name, kind as string]));
    return (
        <>
            {touchpoints.length === 0 && <Empty>No touchpoint is declared; each is taken as it is sent.</Empty>}
            {touchpoints.length > 0 && (
                <div className="table-wrap" tabIndex={0} role="group" aria-label="Touchpoints">
                    <table className="table touchpoints">
                        <thead>
                            <tr>
                                <th scope="col">Touchpoint</th><th scope="col">Channel</th><th scope="col">Owner</th><th scope="col">Topic</th>
                                <th scope="col" className="r">Cost</th><th scope="col" className="r">Met</th>
                            </tr>
                        </thead>
                        {stages.map((stage) => {
                            const here = touchpoints.filter((one) => one.stage === stage);
                            return here.length > 0 && (
                                <tbody key={stage}>
                                    <tr className="of-stage"><th scope="rowgroup" colSpan={6}>{stage || 'In no stage'}</th></tr>
                                    {here.map((one) => (
                                        <tr key={one.name}>
                                            <th scope="row"><TouchpointLink name={one.name} held={null} />{marks(one)}</th>
                                            <td>{one.channel && <span className="state"><Icon name={channelIcon(one.channel, kindOf.get(one.channel) ?? '')} />{capital(one.channel)}</span>}</td>
                                            <td>{one.owner || <span className="dim">nobody</span>}</td>
                                            <td>{one.topic}</td>
                                            <td className="r">{one.cost === null ? '' : moneyText(one.cost)}</td>
                                            <td className="r">{met(one.name, held)}</td>
                                        </tr>
                                    ))}
                                </tbody>
                            );
                        })}
                    </table>
                </div>
            )}
            {held !== null && held.undesigned.length > 0 && (
                <div className="undesigned">
                    <h3 className="label">Met, and not in the blueprint</h3>
                    <ul className="plain">
                        {held.undesigned.slice(0, 40).map(({ name, encounters }) => (
                            <li key={name}><span><TouchpointLink name={name} held={null} /></span><Drill question={`episodes where touches ${quoted(name)}`} of={name}>{count(encounters)}</Drill></li>
                        ))}
                    </ul>
                    {held.undesigned.length > 40 && <p className="axis">{`and ${count(held.undesigned.length - 40 + held.more)} rarer ones`}</p>}
                </div>
            )}
        </>
    );
}

/** What a touchpoint is besides: not direct, not visible, a contact or none against the kind of its channel. */
function marks({ direct, visible, contact }: Schema['BlueprintTouchpoint']) {
    const words = [!direct && 'indirect', !visible && 'unseen', contact === true && 'a contact', contact === false && 'no contact'].filter(Boolean);
    return words.length > 0 && <span className="axis"> {words.join(', ')}</span>;
}

function met(name: string, held: HeldAgainst | null) {
    if (held === null) {
        return null;
    }
    const encounters = held.met.get(name);
    return encounters === undefined
        ? <span className="dim">{held.more > 0 ? 'rarely' : 'never'}</span>
        : <Drill question={`episodes where touches ${quoted(name)}`} of={name}>{count(encounters)}</Drill>;
}
