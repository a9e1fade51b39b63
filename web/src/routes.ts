import { lazy, type ComponentType } from 'react';
import type { Right } from './account/me';
import type { IconName } from './design/icon';

/**
 * Every page of the studio, one line each. A page is a file `<noun>/<page>-page.tsx` with a default export that takes
 * the parameters of its path; it is loaded when it is first opened. With `nav` it stands in the navigation.
 */
export interface Route {
    path: string;
    page: ComponentType<{ params: Record<string, string> }>;
    /** What the reader must be allowed to see for it; NotForYou stands there else. */
    needs: Right;
    /** The page needs the width: the side bar shrinks to its icons. */
    rail?: boolean;
    nav?: {
        text: string;
        icon: IconName;
        /** The second key after "g". */
        key: string;
        /** The group of the navigation, in the order of the loop; none for the first. */
        group?: 'Design' | 'Listen' | 'Understand' | 'Act and verify' | 'House';
    };
}

export const routes: Route[] = [
    { path: '/', needs: 'ask-questions', page: lazy(() => import('./overview/overview-page')), nav: { text: 'Overview', icon: 'overview', key: 'o' } },
    { path: '/blueprint/change', needs: 'edit-blueprint', page: lazy(() => import('./blueprint/change-page')) },
    { path: '/blueprint/versions', needs: 'read-blueprint', page: lazy(() => import('./blueprint/versions-page')) },
    { path: '/blueprint/versions/:number', needs: 'read-blueprint', page: lazy(() => import('./blueprint/versions-page')) },
    { path: '/blueprint', needs: 'read-blueprint', page: lazy(() => import('./blueprint/blueprint-page')), nav: { text: 'Blueprint', icon: 'blueprint', key: 'b', group: 'Design' } },
    { path: '/customers/:id', needs: 'see-personal-data', page: lazy(() => import('./customer/customer-page')) },
    { path: '/customers', needs: 'see-personal-data', page: lazy(() => import('./customer/customers-page')), nav: { text: 'Customers', icon: 'customers', key: 'c', group: 'Listen' } },
    { path: '/journeys', needs: 'ask-questions', page: lazy(() => import('./journey/journeys-page')), nav: { text: 'Journeys', icon: 'journeys', key: 'j', group: 'Understand' } },
    { path: '/data', needs: 'ask-questions', page: lazy(() => import('./intake/data-page')), nav: { text: 'Data', icon: 'data', key: 's', group: 'House' } },
    { path: '/keys', needs: 'manage-keys', page: lazy(() => import('./account/keys-page')), nav: { text: 'Keys', icon: 'key', key: 'k', group: 'House' } },
    { path: '/people', needs: 'manage-users', page: lazy(() => import('./account/people-page')), nav: { text: 'People', icon: 'people', key: 'p', group: 'House' } },
    { path: '/audit', needs: 'read-audit', page: lazy(() => import('./account/audit-page')), nav: { text: 'Audit', icon: 'audit', key: 'a', group: 'House' } },
    { path: '/account', needs: 'use-own-account', page: lazy(() => import('./account/account-page')) },
    { path: '/journeys/:name', needs: 'ask-questions', page: lazy(() => import('./journey/journey-page')), rail: true },
];

export const groups = ['Design', 'Listen', 'Understand', 'Act and verify', 'House'] as const;
