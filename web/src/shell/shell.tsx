import { Component, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useMay, useMe } from '../account/me';
import { NotForYou } from '../account/not-for-you';
import { SignedIn } from '../account/signed-in';
import { useLiveNumbers } from '../api/live';
import { useAbout, useBlueprint, useFreshness } from '../api/queries';
import { agoText, count, secondsSince, setTimeZone } from '../design/format';
import { Icon, Mark } from '../design/icon';
import { Empty, ProblemNote } from '../design/states';
import { groups, routes, type Route } from '../routes';
import { DrillDrawer } from './drill';
import { KeyList } from './key-list';
import { useKeys, type Keys } from './keys';
import { LongWork } from './long-work';
import type { Choice } from './matching';
import { MorePages } from './more-pages';
import { Palette } from './palette';
import { keepRecent } from './recent';
import { Link, matchPath, usePlace } from './router';
import { useTheme } from './theme';

/** The pages of the navigation that the reader may see. */
function useNavigation(): Route[] {
    const rights = useMe().data?.rights ?? [];
    return routes.filter((route) => route.nav && rights.includes(route.needs));
}

/** The frame around every page: navigation, the page of the address, the drawer behind its numbers, and the keys. */
export function Shell() {
    const { path, go } = usePlace();
    const [listOpen, setListOpen] = useState(false);
    const [paletteOpen, setPaletteOpen] = useState(false);
    const [moreOpen, setMoreOpen] = useState(false);
    const theme = useTheme();
    useLiveNumbers();
    const navigation = useNavigation();
    const { data: blueprint } = useBlueprint();
    setTimeZone(blueprint?.time_zone);
    useRecent();
    const find = () => setPaletteOpen(true);
    const keys: Keys = { '?': { words: 'this list', run: () => setListOpen(true) }, 'Ctrl K': { words: 'find or do', run: find } };
    for (const { path: to, nav } of navigation) {
        keys[`g ${nav!.key}`] = { words: `go to ${nav!.text}`, run: () => go(to) };
    }
    useKeys(keys);
    const deeds: Choice[] = [
        { id: 'theme', group: 'Do', text: theme.isDark ? 'Light theme' : 'Dark theme', also: 'colours', run: () => theme.choose(theme.isDark ? 'light' : 'dark') },
        { id: 'keys', group: 'Do', text: 'Show the keys', side: '?', also: 'keyboard shortcuts help', run: () => setListOpen(true) },
        { id: 'address', group: 'Do', text: 'Copy the address of this page', also: 'link share', run: () => void navigator.clipboard?.writeText(location.href) },
    ];
    const found = findRoute(path);
    const Page = found?.route.page;
    const may = useMay(found?.route.needs ?? 'read-blueprint');
    // Where most of the work of a role is: numbers, or customers, or what else it sees.
    const home = navigation.find((route) => ['/', '/customers'].includes(route.path)) ?? navigation[0];
    const elsewhere = home && { path: home.path, text: home.nav!.text };
    return (
        <div className={found?.route.rail ? 'shell rail' : 'shell'}>
            <a className="skip" href="#main">Skip to the answer</a>
            <SideBar current={found?.route} theme={theme} openKeys={() => setListOpen(true)} openPalette={find} />
            <div className="page">
                <PageEdge key={path}>
                    <Suspense fallback={<div className="page-loading" />}>
                        {!Page ? <NoPage />
                            : may ? <Page params={found.params} />
                            : <NotForYou right={found.route.needs} elsewhere={elsewhere} />}
                    </Suspense>
                </PageEdge>
                <footer className="page-foot"><SignedIn /><FreshnessFoot /><ThemeButton theme={theme} /></footer>
            </div>
            <DrillDrawer />
            <LongWork />
            <TabBar current={found?.route} openMore={() => setMoreOpen(true)} />
            {moreOpen && <MorePages pages={navigation} onFind={find} onClose={() => setMoreOpen(false)} />}
            {paletteOpen && <Palette pages={navigation} deeds={deeds} onClose={() => setPaletteOpen(false)} />}
            {listOpen && <KeyList onClose={() => setListOpen(false)} />}
        </div>
    );
}

/** Keeps what is asked, for the palette; a moment later, when the page has said its title. */
function useRecent() {
    const { path, search } = usePlace();
    const query = search.toString();
    useEffect(() => {
        const timer = setTimeout(() => keepRecent(location.pathname + location.search, recentTitle(search)), 1_500);
        return () => clearTimeout(timer);
    }, [path, query, search]);
}

/** "Journeys: channel = 'phone'" */
function recentTitle(search: URLSearchParams): string {
    const page = document.title.replace(/ · Kokemus$/, '');
    const asked = [search.get('where'), search.get('from') && `${search.get('from')} to ${search.get('to')}`, search.get('period') && `period ${search.get('period')}`]
        .filter(Boolean).join(', ');
    return asked === '' ? page : `${page}: ${asked}`;
}

function findRoute(path: string) {
    for (const route of routes) {
        const params = matchPath(route.path, path);
        if (params) {
            return { route, params };
        }
    }
    return null;
}

/** The page in the navigation under which a page stands: /customers/c1 stands under /customers. */
const isUnder = (route: Route | undefined, head: Route) =>
    route !== undefined && (route === head || (head.path !== '/' && route.path.startsWith(`${head.path}/`)));

type Theme = ReturnType<typeof useTheme>;

function ThemeButton({ theme: { isDark, choose } }: { theme: Theme }) {
    return (
        <button type="button" className="iconbtn" aria-label={isDark ? 'Light theme' : 'Dark theme'} onClick={() => choose(isDark ? 'light' : 'dark')}>
            <Icon name={isDark ? 'sun' : 'moon'} />
        </button>
    );
}

function SideBar({ current, theme, openKeys, openPalette }: { current: Route | undefined; theme: Theme; openKeys: () => void; openPalette: () => void }) {
    const { data: about } = useAbout();
    const navigation = useNavigation();
    const items = (group?: string) => navigation.filter((route) => route.nav!.group === group);
    return (
        <div className="side">
            <nav className="nav" aria-label="Pages">
                <Link className="brand" to="/"><Mark /><span className="words">Kokemus</span><span className="org words">{about?.organisation}</span></Link>
                <button type="button" className="find-button" onClick={openPalette}><Icon name="search" /><span className="words">Find or do</span><kbd className="words">Ctrl K</kbd></button>
                {items().map((route) => <NavItem key={route.path} route={route} current={isUnder(current, route)} />)}
                {groups.map((group) => items(group).length > 0 && (
                    <div key={group} role="group" aria-label={group}>
                        <h2 aria-hidden="true">{group}</h2>
                        {items(group).map((route) => <NavItem key={route.path} route={route} current={isUnder(current, route)} />)}
                    </div>
                ))}
                <div className="nav-foot">
                    <div className="nav-tools">
                        <ThemeButton theme={theme} />
                        <button type="button" className="iconbtn" aria-label="Keys" onClick={openKeys}><Icon name="keys" /></button>
                    </div>
                    <SignedIn />
                    <FreshnessFoot />
                </div>
            </nav>
        </div>
    );
}

function NavItem({ route, current }: { route: Route; current: boolean }) {
    return (
        <Link className="item" to={route.path} {...(current ? { 'aria-current': 'page' as const } : {})}>
            <Icon name={route.nav!.icon} /><span className="words">{route.nav!.text}</span>
        </Link>
    );
}

/** How fresh the data are, in words; a server that does not answer is said here too. */
function FreshnessFoot() {
    const { data, error } = useFreshness();
    const lag = data?.latest ? secondsSince(data.latest) : null;
    return (
        <p className="fresh">
            <span className={error ? 'pulse off' : 'pulse'} />
            {error ? 'the server does not answer'
                : !data ? ''
                : data.latest === null ? 'no encounter yet'
                : lag !== null && lag < 30 * 86_400 ? `newest encounter ${agoText(lag)}`
                : `${count(data.encounters)} encounters`}
        </p>
    );
}

/** What stands in the bar of a phone before the others, which are behind "More". */
const firstOnPhones = ['/', '/journeys', '/customers', '/watch'];
const inBarMax = 4;

function TabBar({ current, openMore }: { current: Route | undefined; openMore: () => void }) {
    const navigation = useNavigation();
    const rank = ({ path }: Route) => (firstOnPhones.includes(path) ? firstOnPhones.indexOf(path) : firstOnPhones.length);
    const shown = [...navigation].sort((a, b) => rank(a) - rank(b)).slice(0, inBarMax);
    const elsewhere = navigation.some((route) => !shown.includes(route) && isUnder(current, route));
    return (
        <nav className="tabbar" aria-label="Main pages">
            {shown.map((route) => (
                <Link key={route.path} to={route.path} {...(isUnder(current, route) ? { 'aria-current': 'page' as const } : {})}>
                    <Icon name={route.nav!.icon} />{route.nav!.text}
                </Link>
            ))}
            <button type="button" className={elsewhere ? 'here' : undefined} onClick={openMore}><Icon name="more" />More</button>
        </nav>
    );
}

function NoPage() {
    return (
        <Page title="No such page">
            <h1 className="answer">There is no page at this address.</h1>
            <Empty action={<Link className="btn" to="/">Go to the Overview</Link>}>It may have been renamed, or the address was cut off.</Empty>
        </Page>
    );
}

/** The frame of a page: its title in the browser, the question bar on top, the answer first in <main>. */
export function Page({ title, bar, wide, children }: { title: string; bar?: ReactNode; wide?: boolean; children: ReactNode }) {
    useEffect(() => {
        document.title = title === 'Kokemus' ? title : `${title} · Kokemus`;
    }, [title]);
    return (
        <>
            {bar ?? <div className="ask" />}
            <main id="main" tabIndex={-1} className={wide ? 'wide' : undefined}>{children}</main>
        </>
    );
}

/** Catches what a page throws while drawing, so that the frame around it lives on. */
class PageEdge extends Component<{ children: ReactNode }, { fault: Error | null }> {
    override state: { fault: Error | null } = { fault: null };
    static getDerivedStateFromError(fault: Error) {
        return { fault };
    }
    override render() {
        return this.state.fault
            ? <main id="main"><ProblemNote page fault={this.state.fault} retry={() => this.setState({ fault: null })} /></main>
            : this.props.children;
    }
}
