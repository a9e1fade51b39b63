import { useEffect, useState } from 'react';

/** "system" follows the machine; a choice is kept in this browser. public/theme.js applies it before the first paint. */
export type ThemeChoice = 'system' | 'light' | 'dark';

const storageName = 'kokemus.theme';
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)');

function stored(): ThemeChoice {
    try {
        const value = localStorage.getItem(storageName);
        return value === 'light' || value === 'dark' ? value : 'system';
    } catch {
        return 'system';
    }
}

function apply(choice: ThemeChoice): void {
    const dark = choice === 'dark' || (choice === 'system' && systemIsDark().matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

export function useTheme(): { choice: ThemeChoice; isDark: boolean; choose: (choice: ThemeChoice) => void } {
    const [choice, setChoice] = useState(stored);
    const [isDark, setDark] = useState(() => document.documentElement.dataset.theme === 'dark');
    useEffect(() => {
        const follow = () => {
            if (choice === 'system' && !new URLSearchParams(location.search).has('theme')) {
                apply('system');
                setDark(document.documentElement.dataset.theme === 'dark');
            }
        };
        const system = systemIsDark();
        system.addEventListener('change', follow);
        return () => system.removeEventListener('change', follow);
    }, [choice]);
    return {
        choice,
        isDark,
        choose(next) {
            try {
                localStorage.setItem(storageName, next);
            } catch {
                // storage may be forbidden: the choice lasts as long as the page
            }
            apply(next);
            setChoice(next);
            setDark(document.documentElement.dataset.theme === 'dark');
        },
    };
}
