import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import './design/fonts.css';
import './design/tokens.css';
import './design/base.css';
import './design/components.css';
import './shell/shell.css';
import './shell/drill.css';
import './question/question-bar.css';
import { Entry } from './account/entry';
import { newQueryClient } from './api/queries';
import { Router } from './shell/router';
import { Shell } from './shell/shell';

createRoot(document.getElementById('root')!).render(
    <StrictMode>
        <QueryClientProvider client={newQueryClient()}>
            <Router>
                <Entry><Shell /></Entry>
            </Router>
        </QueryClientProvider>
    </StrictMode>,
);
