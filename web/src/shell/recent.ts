/** What was asked in this tab, newest first: gone with the tab, and when somebody signs out. */
const storageName = 'kokemus.recent';
const most = 8;

export interface Recent { to: string; title: string }

/** Single customers and who is sought are left out: the list may be seen over a shoulder. */
function isWorthKeeping(to: string): boolean {
    const { pathname, searchParams } = new URL(to, 'http://studio');
    return !pathname.startsWith('/customers') && !/\b(customer|employee)\b/.test(searchParams.get('where') ?? '')
        && ['where', 'from', 'period', 'what', 'who'].some((name) => searchParams.has(name));
}

export function recentQuestions(): Recent[] {
    try {
        return JSON.parse(sessionStorage.getItem(storageName) ?? '[]') as Recent[];
    } catch {
        return [];
    }
}

export function keepRecent(to: string, title: string): void {
    if (!isWorthKeeping(to)) {
        return;
    }
    try {
        const list = [{ to, title }, ...recentQuestions().filter((one) => one.to !== to)].slice(0, most);
        sessionStorage.setItem(storageName, JSON.stringify(list));
    } catch {
        // storage may be forbidden: nothing is recent then
    }
}

export function forgetRecent(): void {
    try {
        sessionStorage.removeItem(storageName);
    } catch {
        // storage may be forbidden: nothing was kept
    }
}
