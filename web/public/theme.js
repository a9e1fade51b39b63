// Sets the theme before the first paint, so that a dark page never flashes light. The choice: shell/theme.ts.
(function () {
    var wanted = new URLSearchParams(location.search).get('theme');
    try {
        wanted = wanted || localStorage.getItem('kokemus.theme');
    } catch (refused) {
        // storage may be forbidden: the system decides
    }
    var dark = wanted === 'dark' || (wanted !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
