import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
    { ignores: ['dist', 'node_modules', 'src/api/types.ts', 'public'] },
    ...tseslint.configs.recommended,
    {
        files: ['src/**/*.{ts,tsx}'],
        plugins: { 'react-hooks': hooks },
        rules: {
            'react-hooks/rules-of-hooks': 'error',
            'react-hooks/exhaustive-deps': 'error',
            // Customers' words and names are text, never markup
            'no-restricted-syntax': ['error', {
                selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
                message: 'Render text as text; nothing here needs raw markup.',
            }],
            'max-lines': ['error', 800],
        },
    },
);
