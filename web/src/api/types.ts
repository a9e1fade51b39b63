// Generated from docs/openapi.yaml by "npm run types". Do not edit.

export interface paths {
    "/api/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answers one question */
        get: operations["ask"];
        put?: never;
        /** Answers one question, or several at once */
        post: operations["askMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tasks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        /** How far a question is that was asked with the parameter `task` */
        get: operations["taskProgress"];
        put?: never;
        post?: never;
        /** Calls the question off; it is answered with 499 */
        delete: operations["callOffTask"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything the Overview page shows, in one answer */
        get: operations["overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/blueprint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The designed experience */
        get: operations["blueprint"];
        put?: never;
        /**
         * Brings another blueprint into force, or shows what it would change
         * @description With `dry_run` nothing is changed and If-Match is not needed; the answer says which version is in force and what would be otherwise.
         *     Otherwise the file becomes the version after the one that If-Match names (412 when another one is in force by now, 428 without
         *     If-Match), is in force at once and stands in the audit log. Answers follow at once where the timeline can stay, else when it is
         *     built anew (`in_answers`); each says its `blueprint_version`. A file with faults is a 400 that lists all of them. The text that is
         *     in force already changes nothing.
         */
        post: operations["changeBlueprint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/blueprint/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of the blueprint, the newest first */
        get: operations["blueprintVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/blueprint/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version with its file as its author wrote it */
        get: operations["blueprintVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers found by id or trait; without a search the most recent */
        get: operations["customers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One customer */
        get: operations["customer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one customer lived through, oldest first */
        get: operations["customerTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** What the customer allows and what not, and what was said before */
        get: operations["consents"];
        put?: never;
        /** Keeps what the customer said of a purpose; it holds in every answer from now on */
        post: operations["setConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is kept of one person, to be handed to them
         * @description All names, traits with their history, why the names are one person, and encounters with all they said; any name finds
         *     them. The encounters can be sent to `POST /api/encounters` again. As `form=html` one page for people. See docs/privacy.md.
         */
        get: operations["customerCopy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipts of all erasures, and whether the chain of their seals is whole */
        get: operations["erasures"];
        put?: never;
        /**
         * Erases a person; answers when it is durable and they are out of every answer
         * @description The bytes go soon after: `GET /api/erasures` shows `finished_at` then. What comes for these names from now on is refused. See
         *     docs/privacy.md.
         */
        post: operations["erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/erasures/readmission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets names be used again that were erased, since the person came back */
        post: operations["readmit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/erasures/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks for texts in every byte of every file of the data folder, and in the ledger unpacked */
        post: operations["searchBytes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules of retention, and how much is too old by them now */
        get: operations["retention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}/joins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why the names of one customer are one */
        get: operations["customerJoins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}/traits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is known of one customer, since when and by whom; now, or as it was known at a time */
        get: operations["customerTraits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisations that one customer belongs to, and as what */
        get: operations["customerAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An organisation that is a customer, and its people with their roles */
        get: operations["account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/joins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every two names of which something is said, and what follows */
        get: operations["joins"];
        put?: never;
        /** Says that two names are one customer; every number follows before the answer */
        post: operations["join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/joins/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers who may be one, as only a person can say */
        get: operations["joinSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/joins/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Undoes what is said of two names; every number follows before the answer
         * @description Against evidence that they are one it is said that they are not; what people alone said is taken back.
         */
        delete: operations["undoJoin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is about to go wrong
         * @description What each member means stands in docs/watch.md.
         */
        get: operations["watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/improvements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was registered, the newest first */
        get: operations["improvements"];
        put?: never;
        /** Writes an improvement down before it starts, with its design and what that can show */
        post: operations["registerImprovement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/improvements/power": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which design could tell, and what it could show; nothing is kept */
        post: operations["improvementPower"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/improvements/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the record is as it was written */
        get: operations["verifyImprovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/improvements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        /** One improvement with its last look */
        get: operations["improvement"];
        put?: never;
        post?: never;
        /** It will not be looked at any more; it stays in the record */
        delete: operations["withdrawImprovement"];
        options?: never;
        head?: never;
        /** Changes it; once it has started, what it is called, who owns it and how long it is looked at */
        patch: operations["amendImprovement"];
        trace?: never;
    };
    "/api/improvements/{id}/looks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks at the evidence now and keeps the look with its verdict */
        post: operations["lookAtImprovement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/improvements/{id}/record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        /** Everything that was ever said of it, entry by entry, the oldest first */
        get: operations["improvementRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/freshness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the data reach */
        get: operations["freshness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/encounters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes encounters in; answers when they are on disk
         * @description One encounter, a list of them, or one a line (JSON lines), or CloudEvents 1.0; at most 50,000 and 16 MiB, packed by gzip or
         *     zstd or not at all (64 MiB unpacked). Each item is checked for itself: what is refused is listed with its reason, the rest goes through.
         *     The same (customer, id) has its effect once. See docs/collect.md.
         */
        post: operations["sendEncounters"];
        delete?: never;
        /** Whether CloudEvents may be sent here, as their web hook specification asks it */
        options: operations["maySendEvents"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes what another system calls in, signed, as the blueprint's webhook of that name says */
        post: operations["takeWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was refused at the doors, newest first */
        get: operations["refused"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refused/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One refused item, with its text for who may see personal data */
        get: operations["refusedItem"];
        put?: never;
        post?: never;
        /** Says that the item is nothing; its text goes */
        delete: operations["dropRefusedItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refused/{id}/correction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads another text in the item's place, by the reader of its door
         * @description Needs see-personal-data too. A dry run unless told otherwise.
         */
        post: operations["correctRefusedItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refused/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends the item again as it is */
        post: operations["replayRefusedItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refused/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends all open items of a kind again, 500 in a request */
        post: operations["replayRefused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/refused/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that all open items of a kind are nothing */
        post: operations["dropRefused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/{call}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A call of Segment's tracking API, or its letter */
                call: "identify" | "track" | "page" | "screen" | "group" | "alias" | "batch" | "i" | "t" | "p" | "s" | "g" | "a" | "b";
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes what the libraries of Segment and RudderStack send; answers when it is on disk
         * @description 200 also when items were refused. The key is shown as Basic user with an empty password, as `writeKey` in the body, or in
         *     the body beside a Bearer token. See docs/collect.md.
         */
        post: operations["sendCall"];
        delete?: never;
        /** Whether a page of another origin may send (CORS) */
        options: operations["mayPageSend"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects/{key}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        /** What Segment's browser library asks for before it sends */
        get: operations["readLibrarySettings"];
        put?: never;
        post?: never;
        delete?: never;
        /** Whether a page of another origin may ask (CORS) */
        options: operations["mayPageReadSettings"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a backup while serving; answers when it is complete
         * @description For `kokemus backup`, and for whoever else may read the key in the data folder's server.json, which is the server's own
         *     user: `Authorization: Bearer KEY`. Questions go on; appends wait while the ledger is copied. See docs/backup.md.
         */
        post: operations["makeBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells when numbers have changed, as server-sent events
         * @description An event for each new state of the numbers, its `data` a NumbersChanged; the newest one at once, unless `Last-Event-ID`
         *     names it. Events in between may be left out. A comment line every 15 s shows that the connection stands.
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The values of a field with their encounters, under a question */
        get: operations["values"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suggest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be written next in a filter */
        get: operations["suggest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is asking, and what they may do */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in; the cookie of the session comes with the answer */
        post: operations["signIn"];
        /** Signs out; the session ends at once */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the first admin, with the code that the server printed when it started */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Chooses a password with the code of an invitation */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes the own password; every session ends, and one begins anew */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins a second factor; it counts when its first code was confirmed */
        post: operations["proposeFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/factor/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirms the second factor by its first code */
        post: operations["confirmFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/factor/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the second factor away */
        post: operations["removeFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody with an account */
        get: operations["users"];
        put?: never;
        /** Gives somebody an account */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes what is named; who loses a right is signed out */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new code for somebody who has lost theirs, or the password, or the second factor; all of them end */
        post: operations["inviteAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All API keys; never their secrets */
        get: operations["keys"];
        put?: never;
        /** Makes an API key */
        post: operations["makeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a key, at once */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did and saw what, newest first */
        get: operations["audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follows the whole chain of the audit log */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where events are sent to */
        get: operations["targets"];
        put?: never;
        /** Adds a target */
        post: operations["addTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** One target */
        get: operations["target"];
        put?: never;
        post?: never;
        /** Takes it away, with all its deliveries */
        delete: operations["removeTarget"];
        options?: never;
        head?: never;
        /** Changes what is sent of it; switched on, what waited is sent */
        patch: operations["changeTarget"];
        trace?: never;
    };
    "/api/targets/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret; the one before signs too for a while */
        post: operations["renewTargetSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a test event (kokemus.test) now, enabled or not, once */
        post: operations["testTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        /** What was sent to it and what waits, newest first */
        get: operations["deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/targets/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends one delivery again, or all that failed since a time, under the same ids */
        post: operations["replayDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mails that were sent and that wait, newest first; never what they say */
        get: operations["mails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mails/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a test mail now, once; 409 where no mail server is configured */
        post: operations["testMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server answers at all */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the server can do its work
         * @description Not while the timeline is being built after a start, when the ledger has stopped writing, or when the records cannot be reached.
         */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The server's own measures, as Prometheus reads them
         * @description What they are stands in docs/operations.md. Nothing in them is about a customer or a person.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/about": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What answers here */
        get: operations["about"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        WatchedSeries: {
            metric: string;
            by: string;
            value: string;
            /** @enum {string} */
            unit: "points" | "share" | "score" | "experience" | "rate";
            /** @description there is enough history */
            known: boolean;
            alarm: boolean;
            /** @description in alarm, were the change not so small */
            small: boolean;
            question: string;
            why_not: string | null;
            chart: ("cusum" | "bernoulli") | null;
            sum: number | null;
            limit: number | null;
            /** Format: date-time */
            since: string | null;
            now: number | null;
            usual: number | null;
            /** @description answers behind now */
            n: number | null;
            /** Format: date-time */
            changed: string | null;
            changed_chance: number | null;
            /** @description the watched values, bad upwards */
            z: number[];
        };
        LeadingIndicator: {
            /** @enum {string} */
            name: "repeats" | "forced-switches" | "promises-at-risk";
            subject: string;
            part: number;
            n: number;
            share: number;
            low: number;
            high: number;
            worse: boolean;
            question: string;
            change: number | null;
            change_low: number | null;
            change_high: number | null;
            q_value: number | null;
        };
        Watch: {
            /** Format: date-time */
            latest: string;
            false_alarms: number;
            watched_days: number;
            history_weeks: number;
            minimum: number;
            alarms: number;
            series: components["schemas"]["WatchedSeries"][];
            leading: components["schemas"]["LeadingIndicator"][];
        };
        /** @enum {string} */
        ImprovementDesign: "randomised" | "staggered" | "difference-in-differences" | "interrupted-series" | "synthetic-control" | "before-after";
        /** @enum {string} */
        ImprovementGrade: "strong" | "good" | "fair" | "weak";
        /** @enum {string} */
        ImprovementVerdictWord: "confirmed" | "refuted" | "too-small" | "not-yet-known";
        NewImprovement: {
            name: string;
            /** @description what is changed */
            change: string;
            hypothesis?: string;
            owner?: string;
            metric: string;
            /** @description customer, thread or a journey */
            per?: string;
            /** @description a filter: who gets it */
            population?: string;
            /** @description a filter: who does not, to compare with */
            comparison?: string;
            /** @enum {string} */
            assignment?: "lot" | "chosen";
            /** @description by lot: what the population is meant to be of both */
            share?: number;
            /** @description the population was chosen because it did badly */
            were_worst?: boolean;
            /** @description a field: what the change is given to */
            units?: string;
            /** @description when each unit starts, where they differ */
            starts?: {
                [key: string]: string;
            };
            /** @description a day or an instant */
            start?: string;
            /** @description the last day that is looked at, or an instant */
            until: string;
            /** @description change of the metric, in its unit */
            expected: number;
            /** @description the least change that is worth it */
            worthwhile?: number;
            /**
             * @description what the lower limit must exceed to confirm
             * @enum {string}
             */
            proof?: "worthwhile" | "nothing";
            alpha?: number;
            power?: number;
            seed?: number;
            design?: ("randomised" | "staggered" | "difference-in-differences" | "interrupted-series" | "synthetic-control" | "before-after") | null;
            from_driver?: {
                question: string;
                factor: string;
            } | null;
            /** @description register it although it has started; stays marked so */
            late?: boolean;
            /** @description register it although the expected change could not be seen */
            underpowered?: boolean;
            dry_run?: boolean;
        };
        ImprovementChange: {
            name?: string;
            /** @description what is changed */
            change?: string;
            hypothesis?: string;
            owner?: string;
            metric?: string;
            /** @description customer, thread or a journey */
            per?: string;
            /** @description a filter: who gets it */
            population?: string;
            /** @description a filter: who does not, to compare with */
            comparison?: string;
            /** @enum {string} */
            assignment?: "lot" | "chosen";
            /** @description by lot: what the population is meant to be of both */
            share?: number;
            /** @description the population was chosen because it did badly */
            were_worst?: boolean;
            /** @description a field: what the change is given to */
            units?: string;
            /** @description when each unit starts, where they differ */
            starts?: {
                [key: string]: string;
            };
            /** @description a day or an instant */
            start?: string;
            /** @description the last day that is looked at, or an instant */
            until?: string;
            /** @description change of the metric, in its unit */
            expected?: number;
            /** @description the least change that is worth it */
            worthwhile?: number;
            /**
             * @description what the lower limit must exceed to confirm
             * @enum {string}
             */
            proof?: "worthwhile" | "nothing";
            alpha?: number;
            power?: number;
            seed?: number;
            design?: ("randomised" | "staggered" | "difference-in-differences" | "interrupted-series" | "synthetic-control" | "before-after") | null;
            from_driver?: {
                question: string;
                factor: string;
            } | null;
            underpowered?: boolean;
        };
        ImprovementRegistration: {
            name: string;
            /** @description what is changed */
            change: string;
            hypothesis: string;
            owner: string;
            metric: string;
            /** @description of its definition when it was registered */
            metric_version: string;
            /** @description customer, thread or a journey */
            per: string;
            /** @description a filter: who gets it */
            population: string;
            /** @description a filter: who does not, to compare with */
            comparison: string;
            /** @enum {string} */
            assignment: "lot" | "chosen";
            /** @description by lot: what the population is meant to be of both */
            share: number;
            /** @description the population was chosen because it did badly */
            were_worst: boolean;
            /** @description a field: what the change is given to */
            units: string;
            /** @description when each unit starts, where they differ */
            starts: {
                [key: string]: string;
            };
            /** @description a day or an instant */
            start: string;
            /** @description the last day that is looked at, or an instant */
            until: string;
            /** @description change of the metric, in its unit */
            expected: number;
            /** @description the least change that is worth it */
            worthwhile: number;
            /**
             * @description what the lower limit must exceed to confirm
             * @enum {string}
             */
            proof: "worthwhile" | "nothing";
            alpha: number;
            power: number;
            seed: number;
            design: ("randomised" | "staggered" | "difference-in-differences" | "interrupted-series" | "synthetic-control" | "before-after") | null;
            from_driver: {
                question: string;
                factor: string;
            } | null;
        };
        ImprovementLevel: {
            enough: boolean;
            n: number;
            /** @enum {string} */
            unit: "points" | "share" | "score" | "experience" | "rate";
            version: string;
            estimate: number | null;
            low: number | null;
            high: number | null;
            method: string | null;
            why_not: string | null;
        };
        ImprovementPlan: {
            design: components["schemas"]["ImprovementDesign"];
            grade: components["schemas"]["ImprovementGrade"];
            /** @description history is enough to tell what follows */
            known: boolean;
            why_not: string | null;
            level: components["schemas"]["ImprovementLevel"];
            /** @description what will have been counted by the end */
            planned_n: number;
            /** @description the word for it */
            counted: string;
            standard_error: number | null;
            /** @description the least change seen with the power by one look at the end */
            detectable_once: number | null;
            /** @description the same when anybody looks at any time */
            detectable: number | null;
            /** @description the least change that is confirmed with the power */
            to_confirm: number | null;
            /** @description to be confirmed, were the change the expected one */
            chance: number | null;
            needed_n: number | null;
            /** @description by what is known of customers before (CUPED) */
            variance_left: number | null;
            designs: {
                design: components["schemas"]["ImprovementDesign"];
                feasible: boolean;
                grade: components["schemas"]["ImprovementGrade"] | null;
                words: string;
            }[];
        };
        ImprovementPower: {
            registration: components["schemas"]["ImprovementRegistration"];
            power: components["schemas"]["ImprovementPlan"];
            /** @description the expected change can be told from nothing */
            can_be_seen: boolean;
            /** @description it has started */
            late: boolean;
        };
        ImprovementRehearsal: {
            registration: components["schemas"]["ImprovementRegistration"];
            power: components["schemas"]["ImprovementPlan"];
            late: boolean;
            underpowered: boolean;
        };
        ImprovementHead: {
            id: number;
            name: string;
            owner: string;
            metric: string;
            expected: number;
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            until: string;
            design: components["schemas"]["ImprovementDesign"];
            grade: components["schemas"]["ImprovementGrade"];
            /** @description it was registered after its start */
            late: boolean;
            looks: number;
            verdict: components["schemas"]["ImprovementVerdictWord"];
            /** @description in quotes the ETag for If-Match */
            version: number;
            /** Format: date-time */
            looked_at: string | null;
            /** Format: date-time */
            withdrawn: string | null;
        };
        ImprovementList: {
            improvements: components["schemas"]["ImprovementHead"][];
            next: components["schemas"]["Next"];
        };
        ImprovementLook: {
            /**
             * Format: date-time
             * @description nothing later was counted
             */
            until: string;
            /** @description this one too */
            looks: number;
            verdict: components["schemas"]["ImprovementVerdictWord"];
            why: string;
            design: components["schemas"]["ImprovementDesign"];
            enough: boolean;
            n: number;
            counted: string;
            more_needed: number | null;
            estimate: number | null;
            standard_error: number | null;
            /** @description of all looks together */
            low: number | null;
            high: number | null;
            /** @description were this the only look */
            low_once: number | null;
            high_once: number | null;
            method: string | null;
            /** @description the level with the change */
            with: number | null;
            /** @description the level that it is held against */
            without: number | null;
            /** @description of a permutation or a placebo test */
            p_value: number | null;
            variance_left: number | null;
            /** @description that the effect is at least the least worthwhile one */
            chance_worthwhile: number | null;
            chance_any: number | null;
            /** @description what to promise on */
            shrunken: number | null;
            checks: {
                name: string;
                passed: boolean;
                words: string;
            }[];
            weeks: {
                /** Format: date-time */
                start: string;
                with: number | null;
                without: number | null;
            }[];
        };
        ImprovementVerdict: {
            id: number;
            name: string;
            owner: string;
            metric: string;
            expected: number;
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            until: string;
            design: components["schemas"]["ImprovementDesign"];
            grade: components["schemas"]["ImprovementGrade"];
            /** @description it was registered after its start */
            late: boolean;
            looks: number;
            verdict: components["schemas"]["ImprovementVerdictWord"];
            /** @description in quotes the ETag for If-Match */
            version: number;
            /** Format: date-time */
            looked_at: string | null;
            /** Format: date-time */
            withdrawn: string | null;
            worthwhile: number;
            /** @enum {string} */
            unit: "points" | "share" | "score" | "experience" | "rate";
            /** @description false: it saw what the last look saw */
            recorded: boolean;
            look: components["schemas"]["ImprovementLook"];
        };
        Improvement: {
            id: number;
            name: string;
            owner: string;
            metric: string;
            expected: number;
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            until: string;
            design: components["schemas"]["ImprovementDesign"];
            grade: components["schemas"]["ImprovementGrade"];
            /** @description it was registered after its start */
            late: boolean;
            looks: number;
            verdict: components["schemas"]["ImprovementVerdictWord"];
            /** @description in quotes the ETag for If-Match */
            version: number;
            /** Format: date-time */
            looked_at: string | null;
            /** Format: date-time */
            withdrawn: string | null;
            /** Format: date-time */
            registered: string;
            registered_by: string;
            underpowered: boolean;
            registration: components["schemas"]["ImprovementRegistration"];
            power: components["schemas"]["ImprovementPlan"];
            amendments: {
                /** Format: date-time */
                at: string;
                by: string;
                members: string[];
                /** @description a deviation */
                after_start: boolean;
            }[];
            /** @description every look, the oldest first */
            history: {
                number: number;
                /** Format: date-time */
                at: string;
                /** Format: date-time */
                until: string;
                n: number;
                enough: boolean;
                verdict: components["schemas"]["ImprovementVerdictWord"];
                estimate: number | null;
                standard_error: number | null;
            }[];
            last_look: components["schemas"]["ImprovementLook"] | null;
            why_withdrawn: string | null;
        };
        ImprovementRecord: {
            entries: {
                number: number;
                improvement: number;
                /** @enum {string} */
                kind: "registered" | "amended" | "looked" | "withdrawn";
                /** Format: date-time */
                at: string;
                by: string;
                /** @description of this entry and the one before */
                digest: string;
                body: {
                    [key: string]: unknown;
                };
            }[];
            next: components["schemas"]["Next"];
        };
        ImprovementRecordState: {
            entries: number;
            /** @description digest of the last entry; keep it elsewhere to compare */
            head: string;
            sound: boolean;
            first_broken: number | null;
        };
        /** @enum {string} */
        ConsentState: "granted" | "refused" | "withdrawn";
        Consent: {
            purpose: string;
            state: components["schemas"]["ConsentState"];
            wording: string | null;
            /** @description who told it */
            source: string;
            /**
             * Format: date-time
             * @description when it was told
             */
            at: string | null;
        };
        Consents: {
            customer: string;
            /** @description what holds, by purpose; who was not asked has none */
            consents: components["schemas"]["Consent"][];
            /** @description newest first */
            history: components["schemas"]["Consent"][];
        };
        /** @description `after` of the next part of the list, to be given as it is; null: this is the last */
        Next: string | null;
        /** @enum {string} */
        Role: "admin" | "experience-lead" | "analyst" | "manager" | "agent" | "viewer" | "integration";
        /** @enum {string} */
        Right: "ask-questions" | "read-blueprint" | "see-customers" | "see-personal-data" | "send-encounters" | "use-own-account" | "manage-users" | "manage-keys" | "read-audit" | "edit-blueprint" | "correct-refused" | "join-customers" | "erase-customers" | "manage-targets" | "read-operations" | "make-backups";
        Me: {
            signed_in: boolean;
            /** @description the server stands open to everybody on its computer; nobody signs in */
            open: boolean;
            /** @description there is an account at all */
            set_up: boolean;
            /** @description of a session; of a key it is not said whose it is */
            user: components["schemas"]["User"] | null;
            /** @description the id of the API key that was sent */
            key: string | null;
            rights: components["schemas"]["Right"][];
            /** @description to be sent with every write as X-Kokemus-Token */
            token: string | null;
        };
        User: {
            id: string;
            email: string;
            name: string;
            role: components["schemas"]["Role"];
            /** @description of a manager */
            departments: string[];
            /** @description of an agent: what encounters call them; empty otherwise */
            employee: string;
            disabled: boolean;
            second_factor: boolean;
            /** @description has not chosen a password yet */
            invited: boolean;
            /** Format: date-time */
            made: string;
            /** @description another one after each change; in quotes the ETag for If-Match */
            version: string;
        };
        Invitation: {
            user: components["schemas"]["User"];
            /** @description null for programs; they come with keys */
            code: string | null;
        };
        Key: {
            id: string;
            user: string;
            name: string;
            rights: components["schemas"]["Right"][];
            /** @description Of pages that may show it */
            origins: string[];
            /** Format: date-time */
            made: string;
            /** Format: date-time */
            expires: string;
            /** Format: date-time */
            revoked: string | null;
            /**
             * Format: date-time
             * @description the last time, as exact as a minute; null: never
             */
            used: string | null;
        };
        AuditEntry: {
            number: number;
            /** Format: date-time */
            at: string;
            /** @description id of a user, key:ID, operator or nobody */
            actor: string;
            address: string;
            /** @example customer.read */
            action: string;
            /** @description an id; a customer as a digest of the name */
            subject: string;
            note: string;
            digest: string;
        };
        TaskProgress: {
            /** @description over the encounters, begun so far */
            passes: number;
            /** @description of the present pass that is done */
            share: number;
            /** @description since it was asked */
            seconds: number;
        };
        Problem: {
            /** @example about:blank */
            type: string;
            /** @example The question cannot be read */
            title: string;
            /** @example 400 */
            status: number;
            /** @example column 22: "chanel" is not a field; did you mean "channel"? */
            detail: string;
            /** @enum {string} */
            code: "invalid_input" | "forbidden" | "not_found" | "conflict" | "too_large" | "unavailable" | "disk_full" | "cancelled" | "timed_out" | "corrupt" | "internal" | "sign_in_needed" | "sign_in_refused" | "code_needed" | "too_many_tries" | "key_used_otherwise" | "answer_gone" | "changed_meanwhile" | "version_needed" | "version_moved_on" | "unsupported_media_type";
            /** @description 1-based column of the text asked */
            column?: number;
            /** @description names the request, as the header X-Request-Id does; it stands in the server's log */
            request_id?: string;
        };
        /** @description A number with its uncertainty; estimate, low and high are null when there are not enough answers */
        Estimate: {
            estimate: number | null;
            low: number | null;
            high: number | null;
            n: number;
            /** @description only when there are not enough */
            needed?: number;
            unit: components["schemas"]["Unit"];
            /** @example wilson */
            method: string;
            /** @example nps 1 */
            version: string;
            enough: boolean;
            /**
             * @description only when there are not enough
             * @example not enough answers (n = 4)
             */
            text?: string;
        };
        /** @enum {string} */
        Unit: "points" | "share" | "score" | "experience" | "rate";
        /** @description Against the period of equal length just before */
        Change: {
            estimate: number;
            low: number;
            high: number;
            unit: components["schemas"]["Unit"];
            method: string;
            /** @enum {string} */
            verdict: "better" | "worse" | "same" | "unknown";
        };
        /** @description A distribution of times; all but n are null when n is 0 */
        Seconds: {
            n: number;
            mean: number | null;
            median: number | null;
            p90: number | null;
        };
        Range: {
            from: string | null;
            to: string | null;
        };
        Population: {
            encounters: number;
            units: number;
            customers: number;
            without_unit: number;
            first: string | null;
            latest: string | null;
        };
        Finding: {
            /** @example flow.worst_edge */
            id: string;
            values: {
                [key: string]: unknown;
            };
            text: string;
        };
        Metric: {
            name: string;
            kind: string;
            scale: string;
            version: number;
            target: number | null;
            minimum: number;
            unit: components["schemas"]["Unit"];
            high_is_good: boolean;
            definition: string;
        };
        /** @description there only when groups are not shown to you, as they tell of fewer customers; the finding's text says so too */
        Withheld: {
            fewer_than: number;
            rows: number;
        };
        Envelope: {
            kind: string;
            question: string;
            /** @enum {string} */
            per: "customer" | "thread" | "journey";
            journey: string | null;
            range: components["schemas"]["Range"];
            population: components["schemas"]["Population"];
            /** @description the version of the blueprint it was computed under; 0: one that is kept nowhere */
            blueprint_version: number;
            withheld?: components["schemas"]["Withheld"];
            finding: components["schemas"]["Finding"];
        };
        Answer: components["schemas"]["FlowAnswer"] | components["schemas"]["FlowCountsAnswer"] | components["schemas"]["VariantsAnswer"] | components["schemas"]["FunnelAnswer"] | components["schemas"]["TrendAnswer"] | components["schemas"]["BreakdownAnswer"] | components["schemas"]["PromisesAnswer"] | components["schemas"]["SwitchesAnswer"] | components["schemas"]["DriversAnswer"] | components["schemas"]["LatenessAnswer"] | components["schemas"]["ForesightAnswer"] | components["schemas"]["ConformanceAnswer"] | components["schemas"]["LeagueAnswer"] | components["schemas"]["CausesAnswer"] | components["schemas"]["EpisodesAnswer"] | components["schemas"]["TimelineAnswer"] | components["schemas"]["GroupedAnswer"];
        Answers: {
            answers: (components["schemas"]["Answer"] | components["schemas"]["Problem"])[];
        };
        FlowNode: {
            touchpoint: string;
            encounters: number;
            units: number;
            customers: number;
            share: number;
            stage: string;
            channel: string;
            owner: string;
            in_blueprint: boolean;
            position: number;
            experience: components["schemas"]["Estimate"];
            drill: string;
        };
        FlowEdge: {
            from: string;
            to: string;
            count: number;
            units: number;
            customers: number;
            share: number;
            forced: number;
            seconds: components["schemas"]["Seconds"];
            experience: components["schemas"]["Estimate"];
            drill: string;
        };
        FlowAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "flow";
            nodes: components["schemas"]["FlowNode"][];
            edges: components["schemas"]["FlowEdge"][];
            experience: components["schemas"]["Estimate"];
        };
        /** @description The answer to `flow counts`, which counts encounters and steps and nothing else */
        FlowCountsAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "flow";
            nodes: {
                touchpoint: string;
                encounters: number;
                stage: string;
                channel: string;
                owner: string;
                in_blueprint: boolean;
                drill: string;
            }[];
            edges: {
                from: string;
                to: string;
                count: number;
                drill: string;
            }[];
        };
        Variant: {
            path: string[];
            count: number;
            customers: number;
            share: number;
            running: number;
            seconds: components["schemas"]["Seconds"];
            experience: components["schemas"]["Estimate"];
            drill: string;
        };
        VariantsAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "variants";
            variants: components["schemas"]["Variant"][];
            distinct: number;
            other: {
                variants: number;
                count: number;
                share: number;
            };
            total: number;
        };
        FunnelStep: {
            step: number;
            touchpoints: string[];
            units: number;
            customers: number;
            share: components["schemas"]["Estimate"];
            from_previous: components["schemas"]["Estimate"];
            seconds: components["schemas"]["Seconds"];
            lost: number;
            instead: {
                touchpoint: string;
                count: number;
            }[];
            drill: string;
            lost_drill: string;
        };
        FunnelAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "funnel";
            within: number | null;
            steps: components["schemas"]["FunnelStep"][];
        };
        TrendPoint: {
            start: string;
            end: string;
            label: string;
            complete: boolean;
            value: components["schemas"]["Estimate"];
            encounters: number;
            drill: string;
        };
        TrendAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "trend";
            metric: components["schemas"]["Metric"];
            /** @enum {string} */
            grain: "day" | "week" | "month";
            total: components["schemas"]["Estimate"];
            target: number | null;
            points: components["schemas"]["TrendPoint"][];
        };
        BreakdownAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "breakdown";
            metric: components["schemas"]["Metric"];
            by: string;
            total: components["schemas"]["Estimate"];
            target: number | null;
            groups: {
                value: string;
                value_estimate: components["schemas"]["Estimate"];
                encounters: number;
                drill: string;
            }[];
        };
        PromiseRow: {
            promise: string;
            owner: string;
            target: number | null;
            made: number;
            kept: number;
            late: number;
            broken: number;
            open: number;
            at_risk: number;
            customers: number;
            kept_rate: components["schemas"]["Estimate"];
            slack: {
                mean: number | null;
                /** @description of kept and late together; negative when late */
                median?: number | null;
                early_median: number | null;
                late_median: number | null;
                late_p90: number | null;
                bins: {
                    from: number | null;
                    to: number | null;
                    count: number;
                }[];
            };
            experience: {
                kept: components["schemas"]["Estimate"];
                late: components["schemas"]["Estimate"];
                broken: components["schemas"]["Estimate"];
            };
            drills: {
                kept: string;
                late: string;
                broken: string;
                open: string;
                at_risk: string;
            };
        };
        PromisesAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "promises";
            now: string;
            promises: components["schemas"]["PromiseRow"][];
        };
        SwitchesAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "switches";
            units_with_switch: components["schemas"]["Estimate"];
            forced: components["schemas"]["Estimate"];
            drills: {
                units_with_switch: string;
                forced: string;
            };
            switches: {
                from: string;
                to: string;
                count: number;
                units: number;
                customers: number;
                forced: number;
                experience: components["schemas"]["Estimate"];
                drill: string;
                forced_drill: string;
            }[];
            window: number;
            repeats: {
                contacts: number;
                again: components["schemas"]["Estimate"];
                first_contact_resolution: components["schemas"]["Estimate"];
                drills: components["schemas"]["RepeatDrills"];
            };
            topics: {
                topic: string;
                contacts: number;
                again: components["schemas"]["Estimate"];
                first_contact_resolution: components["schemas"]["Estimate"];
                drills: components["schemas"]["RepeatDrills"];
            }[];
        };
        DriversAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "drivers";
            outcome: string;
            outcome_words: string;
            outcome_mean: components["schemas"]["Estimate"];
            high_is_good: boolean;
            /** @description the factors were chosen by rule */
            proposed: boolean;
            units: number;
            customers: number;
            with_outcome: number;
            /** @description customers drawn, one in so many */
            one_of: number;
            units_missing: number;
            /** @description factors are measured up to the last answer */
            up_to_outcome: boolean;
            explained: components["schemas"]["Estimate"];
            adjusted: number | null;
            p_value: number | null;
            /** @enum {string} */
            method: "" | "lmg" | "relative-weights";
            replicates: number;
            seed: number;
            drivers: components["schemas"]["Driver"][];
            left_out: {
                factor: string;
                /** @enum {string} */
                reason: "constant" | "missing" | "repeats" | "too many";
                words: string;
            }[];
            caveat: string;
            by: string | null;
            segments: {
                value: string;
                explained: components["schemas"]["Estimate"];
                first: string;
                shares: {
                    factor: string;
                    share: components["schemas"]["Estimate"];
                }[];
                drill: string;
            }[];
            same_first: boolean;
            differing: string[];
            other_values: number;
        };
        Driver: {
            /** @example late 'technician visit' */
            factor: string;
            words: string;
            /** @enum {string} */
            measured_in: "" | "days" | "hours" | "minutes";
            why: string;
            share: components["schemas"]["Estimate"];
            of_explained: number;
            ahead_of_next: boolean;
            /** @enum {string} */
            direction: "up" | "down" | "open" | "by value";
            coefficient: components["schemas"]["Estimate"] | null;
            effect: components["schemas"]["Estimate"] | null;
            usual_value: string;
            levels: {
                value: string;
                n: number;
                effect: components["schemas"]["Estimate"];
            }[];
            mean: number | null;
            present: number;
            reach: number | null;
            counted_as_zero: number;
            alone: number;
            contrast: null | {
                penalty: number;
                reward: number;
                asymmetry: number;
                low: number;
                high: number;
                /** @enum {string} */
                verdict: "costs more" | "gives more" | "open";
            };
            performance: number | null;
            target: number | null;
            priority: number | null;
            confounding: number | null;
            confounding_limit: number | null;
            warning: string;
            drill: string;
        };
        Interval: {
            low: number;
            high: number;
        };
        LatenessAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "lateness";
            promise: string;
            /** @description it was read of one of so many customers; 1: of all */
            one_of: number;
            after: {
                /** @enum {string} */
                outcome: "kept" | "late" | "broken";
                promises: number;
                experience: components["schemas"]["Estimate"];
                experience_less_kept: components["schemas"]["Change"] | null;
                contacted: components["schemas"]["Estimate"];
                contacted_less_kept: components["schemas"]["Change"] | null;
                drill: string;
            }[];
            doses: {
                /** @description seconds of slack, negative is late */
                from: number | null;
                to: number | null;
                promises: number;
                experience: components["schemas"]["Estimate"];
            }[];
            /** @description Experience over the days of slack, a line for early and one for late */
            slopes: {
                at_due: number;
                a_day_early: number;
                a_day_early_error: number;
                a_day_late: number;
                a_day_late_error: number;
                late_times_early: number | null;
                late_times_early_interval?: components["schemas"]["Interval"];
                p_value: number;
                r_squared: number;
            } | null;
            may_promise: {
                cases: number;
                shares: {
                    share: number;
                    seconds: number | null;
                    needed: number;
                }[];
            };
        };
        ForesightAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "foresight";
            promise: string;
            by: string;
            one_of: number;
            now: string;
            /** @enum {string} */
            clock: "since given" | "until due";
            decided: number;
            open: number;
            untold: number;
            /** @description how many of the open ones will not be kept by their due */
            expected: number;
            expected_interval: components["schemas"]["Interval"];
            trial: {
                lead: number;
                promises: number;
                broken: number;
                trusted: boolean;
                calibration: {
                    slope: number | null;
                    intercept: number | null;
                    brier: number;
                    brier_skill: number;
                    auc: number;
                } | null;
                precision: components["schemas"]["Estimate"];
                foreseen: components["schemas"]["Estimate"];
            };
            drill_open: string;
            offset: number;
            limit: number;
            promises: {
                customer: string;
                thread: string;
                group: string;
                made: string;
                due: string;
                chance: components["schemas"]["Estimate"];
            }[];
        };
        Deviation: {
            /** @enum {string} */
            deviation: "left_out" | "put_in" | "moved";
            touchpoint: string;
            episodes: number;
            share: components["schemas"]["Estimate"];
            experience: components["schemas"]["Estimate"];
            others: components["schemas"]["Estimate"];
            difference: components["schemas"]["Change"] | null;
            p: number | null;
            /** @description p adjusted for all deviations (Benjamini-Hochberg) */
            q: number | null;
            beyond_chance: boolean;
            drill: string;
        };
        /** @description Episodes held against the designed path of their journey */
        ConformanceAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "conformance";
            path: string[];
            /** @description that are over, and were held against the path */
            episodes: number;
            /** @description not over yet */
            open: number;
            /** @description not looked at, of the rarest of very many courses */
            rare: number;
            fitness: components["schemas"]["Estimate"];
            on_path: components["schemas"]["Estimate"];
            experience: {
                on_path: components["schemas"]["Estimate"];
                off_path: components["schemas"]["Estimate"];
                difference: components["schemas"]["Change"] | null;
            };
            drills: {
                on_path: string;
                off_path: string;
            };
            deviations: components["schemas"]["Deviation"][];
            other_deviations: number;
        };
        LeagueUnit: {
            value: string;
            encounters: number;
            measured: components["schemas"]["Estimate"];
            adjusted: components["schemas"]["Estimate"] | null;
            shrunken: components["schemas"]["Estimate"];
            /** @description probability that its true value is above that of all */
            above: number;
            reliability: number;
            rank: {
                expected: number;
                low: number;
                high: number;
                /** @description probability of being the very best */
                first: number;
            } | null;
            why_no_rank: string;
            funnel: {
                z: number;
                low: number;
                high: number;
                beyond: boolean;
            };
            deviation: number | null;
            drill: string;
        };
        /** @description Units compared as far as they can be told apart */
        LeagueAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "league";
            metric: components["schemas"]["Metric"];
            by: string;
            adjusted_for: string | null;
            strata: number;
            total: components["schemas"]["Estimate"];
            differ: boolean;
            between_deviation: number;
            within_deviation: number;
            overdispersion: number;
            answers_needed: number | null;
            consistency: {
                icc: number;
                low: number;
                high: number;
            } | null;
            spread: {
                f: number;
                p: number;
            } | null;
            units: components["schemas"]["LeagueUnit"][];
            inseparable: string[][];
            few: number;
        };
        Excess: {
            /** @description beyond those that as many other encounters would have had */
            contacts: number;
            low: number;
            high: number;
            lift: number;
            risk_ratio: number | null;
            risk_ratio_low: number | null;
            /** @description null: nothing limits it */
            risk_ratio_high: number | null;
            q: number;
            enough: boolean;
            beyond_chance: boolean;
        };
        Cause: {
            touchpoint: string;
            in_blueprint: boolean;
            /** @description that were seen for a whole window */
            events: number;
            followed_by_contact: number;
            units: number;
            customers: number;
            contacts: number;
            contacts_last: number;
            followed: components["schemas"]["Estimate"];
            excess: components["schemas"]["Excess"];
            excess_last: components["schemas"]["Excess"];
            cost: {
                estimate: number;
                low: number;
                high: number;
            } | null;
            crossover: {
                before: number;
                long_before: number;
                odds_ratio: number | null;
                low: number | null;
                high: number | null;
                p: number | null;
            };
            drill: string;
        };
        /** @description What comes before contacts, and how often they settle it */
        CausesAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "causes";
            of: string[];
            window: number;
            contacts: number;
            /** @description with nothing in the window before */
            alone: number;
            cost_per_contact: number | null;
            causes: components["schemas"]["Cause"][];
            first_contacts: {
                days: number;
                resolved: components["schemas"]["Estimate"];
                firsts: number;
                repeats: number;
                too_late: number;
                too_early: number;
            }[];
        };
        RepeatDrills: {
            contacts: string;
            again: string;
        };
        Episode: {
            customer: string;
            thread: string;
            start: string;
            end: string;
            seconds: number;
            encounters: number;
            /** @enum {string} */
            status: "completed" | "abandoned" | "open";
            experience: number | null;
            /** @description its first steps */
            path: string[];
            /** @description steps behind those; absent: it is the whole path */
            path_left_out?: number;
        };
        EpisodesAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "episodes";
            total: number;
            offset: number;
            limit: number;
            episodes: components["schemas"]["Episode"][];
        };
        TimelineEncounter: {
            time: string;
            touchpoint: string;
            channel: string;
            /** @description self-service, human, bot, message, or empty when not in the blueprint */
            channel_kind: string;
            stage: string;
            department: string;
            employee: string;
            thread: string;
            score: number | null;
            scale: string;
            experience: number | null;
            value: number | null;
            seconds: number | null;
            in_blueprint: boolean;
            visible: boolean;
            /**
             * @description the sender's time lay in the future, or was missing: time is when it came; of one customer's timeline alone
             * @enum {boolean}
             */
            time_clamped?: true;
        };
        TimelineAnswer: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "timeline";
            customer: string;
            total: number;
            offset: number;
            limit: number;
            encounters: components["schemas"]["TimelineEncounter"][];
        };
        /** @enum {string} */
        PromiseOutcome: "kept" | "late" | "broken" | "open" | "at_risk";
        EncounterPromise: {
            promise: string;
            due: string;
            outcome: components["schemas"]["PromiseOutcome"];
            kept_at: string | null;
        };
        CustomerEncounter: components["schemas"]["TimelineEncounter"] & {
            id: string;
            /** @description the name that the encounter came with, one of the customer's */
            sent_as: string;
            text: string;
            language: string;
            due: {
                [key: string]: string;
            };
            properties: {
                [key: string]: unknown;
            };
            promises: components["schemas"]["EncounterPromise"][];
        };
        CustomerTimeline: components["schemas"]["Envelope"] & {
            /** @constant */
            kind: "timeline";
            customer: string;
            total: number;
            offset: number;
            limit: number;
            encounters: components["schemas"]["CustomerEncounter"][];
        };
        /** @description The same question once per value of a field */
        GroupedAnswer: components["schemas"]["Envelope"] & {
            /** @enum {string} */
            kind?: "flow" | "variants" | "funnel" | "promises" | "switches" | "lateness" | "conformance" | "league";
            by: string;
            groups: {
                value: string;
                answer: components["schemas"]["FlowAnswer"] | components["schemas"]["FlowCountsAnswer"] | components["schemas"]["VariantsAnswer"] | components["schemas"]["FunnelAnswer"] | components["schemas"]["PromisesAnswer"] | components["schemas"]["SwitchesAnswer"] | components["schemas"]["LatenessAnswer"] | components["schemas"]["ConformanceAnswer"] | components["schemas"]["LeagueAnswer"];
            }[];
            other_values: number;
        };
        Freshness: {
            encounters: number;
            customers: number;
            first: string | null;
            latest: string | null;
            snapshot_at: string | null;
        };
        /** @description One thing a customer lived through at a touchpoint at a time; null is absent */
        SentEncounter: {
            /** @description the sender's id; absent: derived from the content */
            id?: string;
            customer: string;
            /**
             * @description RFC 3339, or Unix seconds or milliseconds
             * @example 2026-01-02T03:04:05Z
             */
            time: string | number;
            /** @description orders encounters of equal time */
            sequence?: number;
            /** @example order placed */
            touchpoint: string;
            channel?: string | null;
            department?: string | null;
            employee?: string | null;
            /** @example order 12 */
            thread?: string | null;
            score?: number | null;
            /**
             * @description required with a score
             * @example nps
             */
            scale?: string | null;
            text?: string | null;
            language?: string | null;
            /** @description money */
            value?: number | null;
            /** @description seconds it took the customer */
            duration?: number | null;
            /** @description promises made here and when they are due */
            due?: {
                [key: string]: string | number;
            } | null;
            properties?: {
                [key: string]: unknown;
            } | null;
            /** @description true in an export, where the sender's time lay in the future */
            time_clamped?: boolean;
        };
        NotTaken: {
            /** @description of the item among those sent, from 0 */
            index: number;
            reason: string;
        };
        CustomerCopy: {
            /** Format: date-time */
            made_at: string;
            names: string[];
            customers: {
                customer: string;
                traits: {
                    [key: string]: string;
                };
            }[];
            /** @description every change of a trait, in the order in which it was told */
            changes: {
                customer: string;
                /**
                 * Format: date-time
                 * @description null: before changes were kept
                 */
                at: string | null;
                source: string;
                /** @description "": removed */
                traits: {
                    [key: string]: string;
                };
            }[];
            /** @description what was promised to the person, by which of the encounters, and what came of it */
            promises: {
                encounter: string;
                promise: string;
                /** Format: date-time */
                due: string;
                /** @enum {string} */
                outcome: "kept" | "late" | "broken" | "open" | "at_risk";
                /** Format: date-time */
                kept_at: string | null;
            }[];
            /** @description how many days each class is kept; null: until it is erased */
            kept_for_days: {
                texts: number | null;
                properties: number | null;
                encounters: number | null;
                traits: number | null;
                refused: number | null;
            };
            /** @description who has looked at what is kept of the person, or done something to it, by the audit log; newest first */
            seen_by: {
                /** Format: date-time */
                at: string;
                /** @description a role, key or operator; somebody: who is no user any more */
                by: string;
                /** @example customer.read */
                action: string;
            }[];
            /** @description why the names are one person, and accounts that the person belongs to */
            said: {
                name: string;
                other: string;
                evidence: string;
                /** Format: date-time */
                at: string | null;
                source: string;
                /** @description the reason, or the role in an account */
                text: string;
            }[];
            /** @description as POST /api/encounters takes them */
            encounters: Record<string, never>[];
        };
        Erasure: {
            number: number;
            /** Format: date-time */
            ordered_at: string;
            /** @description the id of a user or key, or how it came otherwise */
            ordered_by: string;
            reason: string;
            /** @description of the names: BLAKE2b keyed with the ledger's salt */
            digests: string[];
            /** @description removed from the ledger */
            encounters: number;
            /** @description of those, with words of the customer */
            texts: number;
            /** @description names whose traits were removed */
            traits: number;
            /**
             * Format: date-time
             * @description when no byte was left in the data folder
             */
            finished_at: string | null;
            elsewhere: null | {
                snapshot: string;
                /** @description rows of the list of what an import refused; it was removed */
                refused_rows: number;
                /** @description refused items that held a name, removed; absent where there are no records */
                refused_items?: number;
                /** @description first answers kept for an Idempotency-Key, removed; absent where there are no records */
                first_answers?: number;
                /** @description backups and folders moved aside, which are older than the erasure */
                still_held_by: string[];
            };
            previous_seal: string;
            /** @description SHA-256 over the receipt and the seal before; empty until it is finished */
            seal: string;
        };
        Erasures: {
            erasures: components["schemas"]["Erasure"][];
            next: components["schemas"]["Next"];
            is_whole: boolean;
            first_broken: number | null;
        };
        Retention: {
            /** @description how old each class may grow; null for ever */
            days: {
                texts: number | null;
                properties: number | null;
                encounters: number | null;
                traits: number | null;
                refused: number | null;
            };
            too_old: {
                texts: number;
                properties: number;
                encounters: number;
                /** @description customers whose traits go */
                traits: number;
                refused_lists: number;
            };
        };
        BytesSearched: {
            found: {
                text: string;
                /** @description a file of the data folder, or a column of the ledger */
                place: string;
                /** @description the first byte of the first one */
                at: number | null;
                times: number;
                spelling: string;
            }[];
            files: number;
            bytes: number;
            unread: string[];
        };
        Backup: {
            folder: string;
            /** Format: date-time */
            made_at: string;
            encounters: number;
            customers: number;
            /** @description it holds the encounters 1 to this */
            last_number: number;
            files: string[];
            /** @description of all files */
            bytes: number;
            seconds: number;
            appends_waited_seconds: number;
        };
        WebhookTaken: {
            /** @enum {integer} */
            accepted: 0 | 1;
            /** @enum {integer} */
            duplicates: 0 | 1;
            /**
             * @description A rule of exclusion leaves it out; left out when none does
             * @enum {integer}
             */
            excluded?: 1;
        };
        /**
         * @description How an item came
         * @enum {string}
         */
        Door: "encounters" | "cloudevents" | "segment" | "webhook";
        /** @enum {string} */
        RefusedState: "open" | "replayed" | "dropped";
        RefusedItem: {
            id: string;
            door: components["schemas"]["Door"];
            /** @description key:ID, a user's id, write-key, anybody, or the name of a webhook */
            source: string;
            /**
             * Format: date-time
             * @description when it came first
             */
            first: string;
            /** Format: date-time */
            last: string;
            times: number;
            /** @example no_user_anon_id */
            code: string;
            /** @description null without see-personal-data and once it is decided */
            reason: string | null;
            /** @description as it was sent */
            bytes: number;
            /** @description false: only a part was kept */
            whole: boolean;
            state: components["schemas"]["RefusedState"];
            /** @example accepted */
            outcome: string | null;
            /** Format: date-time */
            decided: string | null;
            decided_by: string | null;
            /** @description Of one item alone, while it is open */
            text?: string | null;
            user_agent?: string | null;
            address?: string | null;
        };
        RefusedList: {
            items: components["schemas"]["RefusedItem"][];
            next: components["schemas"]["Next"];
            /** @description Of all items, whatever was asked for */
            counts: {
                door: components["schemas"]["Door"];
                state: components["schemas"]["RefusedState"];
                code: string;
                items: number;
            }[];
            /** @description Since the server started: refused items that could not be kept */
            not_kept: number;
            kept_days: number;
        };
        RefusedDropped: {
            dropped: number;
        };
        Tried: {
            dry_run: boolean;
            /** @description It is in the ledger (or would be), or a rule leaves it out */
            done: boolean;
            /** @description accepted, duplicate, conflict, refused, nothing, would be taken, or left out by RULE */
            outcome: string;
            refused: {
                index: number;
                code: string;
                reason: string | null;
            }[];
            /** @description What the text says; with see-personal-data alone */
            encounters?: Record<string, never>[];
            customers?: Record<string, never>[];
        };
        TriedAll: {
            dry_run: boolean;
            looked_at: number;
            done: number;
            /** @description Again; they stay open with their new reason */
            refused: number;
            /** @description There is another body under the same id; they stay open */
            conflicts: number;
            /** @description To go on behind it; null when that was all */
            after: string | null;
        };
        CallTaken: {
            /** @description Nothing was refused */
            success: boolean;
            /** @description In strict mode: how many came after the 2,500 that are listed */
            refused_more?: number;
            /** @description Of the first refused item, without strict mode */
            code?: string;
            reason?: string;
            /** @description In strict mode */
            results?: {
                index: number;
                /** @enum {string} */
                result: "kept" | "conflict" | "refused" | "excluded" | "erased";
                code?: string;
                reason?: string;
                /**
                 * @description its time lay in the future and is when it came
                 * @enum {boolean}
                 */
                time_clamped?: true;
            }[];
        };
        EncountersTaken: {
            /** @description new and on disk */
            accepted: number;
            /** @description there before with the same body */
            duplicates: number;
            /** @description there before with another body; the first one is kept */
            conflicts: components["schemas"]["NotTaken"][];
            refused: components["schemas"]["NotTaken"][];
            /** @description How many more were refused; left out when none */
            refused_more?: number;
            /** @description Of customers who were erased (docs/privacy.md); nothing of these was kept. Left out when none */
            erased?: number;
            /** @description How many had a time in the future, or none where none is needed; theirs is when they came. Left out when none */
            clamped?: number;
            /** @description What a rule of the blueprint leaves out, where there is any */
            excluded?: {
                index: number;
                rule: string;
            }[];
        };
        /** @description A Problem; when the body could be read, with the lists of EncountersTaken */
        NothingTaken: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @enum {string} */
            code: "invalid_input" | "conflict";
            /** @description as of a Problem */
            request_id?: string;
            accepted?: number;
            duplicates?: number;
            conflicts?: components["schemas"]["NotTaken"][];
            refused?: components["schemas"]["NotTaken"][];
            /** @description How many more were refused; left out when none */
            refused_more?: number;
        };
        NumbersChanged: {
            /** @description number of the newest encounter that is in the answers */
            last_number: number;
            /** @description its time */
            latest: string | null;
            /** @description when the answers took it in */
            at: string;
        };
        Overview: {
            finding: components["schemas"]["Finding"];
            population: components["schemas"]["Population"];
            /** @description as of an answer */
            blueprint_version: number;
            withheld?: components["schemas"]["Withheld"];
            freshness: components["schemas"]["Freshness"];
            journeys: components["schemas"]["OverviewJourney"][];
            metrics: components["schemas"]["OverviewMetric"][];
            promises: components["schemas"]["PromiseRow"][];
            kept_trend: components["schemas"]["TrendPoint"][];
            touchpoints: components["schemas"]["OverviewTouchpoint"][];
        };
        OverviewJourney: {
            journey: string;
            /** @description the word for the intended feeling */
            feeling: string;
            owner: string;
            episodes: number;
            experience: components["schemas"]["Estimate"];
            intended: number | null;
            previous: components["schemas"]["Estimate"] | null;
            kept: components["schemas"]["Estimate"] | null;
            kept_target: number | null;
            completion: components["schemas"]["Estimate"];
            change: components["schemas"]["Change"] | null;
            drill: string;
        };
        OverviewMetric: {
            metric: components["schemas"]["Metric"];
            value: components["schemas"]["Estimate"];
            /** @enum {string} */
            verdict: "met" | "missed" | "unclear" | "not enough" | "none";
            trend: components["schemas"]["TrendPoint"][];
            drill: string;
        };
        OverviewTouchpoint: {
            touchpoint: string;
            stage: string;
            owner: string;
            encounters: number;
            experience: components["schemas"]["Estimate"];
            drill: string;
        };
        BlueprintVersionHead: {
            number: number;
            /** Format: date-time */
            at: string;
            /** @description a name; "command line"; "file" for one that was edited on disk; "key:ID" */
            author: string;
            reason: string;
            /** @description SHA-256 of the file */
            digest: string;
            bytes: number;
        };
        BlueprintVersion: {
            number: number;
            /** Format: date-time */
            at: string;
            /** @description a name; "command line"; "file" for one that was edited on disk; "key:ID" */
            author: string;
            reason: string;
            /** @description SHA-256 of the file */
            digest: string;
            bytes: number;
            toml: string;
        };
        BlueprintVersions: {
            /** @description the version in force; 0: it is kept nowhere */
            in_force: number;
            versions: components["schemas"]["BlueprintVersionHead"][];
            next: components["schemas"]["Next"];
        };
        BlueprintChange: {
            /** @description in force now */
            version: number;
            /** @description whether it was brought into force by this request */
            applied: boolean;
            /** @description whether answers are given under it already; false while the timeline is built anew */
            in_answers: boolean;
            changes: {
                /** @enum {string} */
                kind: "added" | "removed" | "changed";
                /** @description channel, touchpoint, journey, promise, scale, metric, dimension, event, webhook, exclude; empty: the blueprint as a whole */
                noun: string;
                name: string;
                /** @description what of it; empty: all */
                key: string;
                before: string;
                after: string;
                /**
                 * @description in one line
                 * @example ~ promise 'on time': within 2d -> 1d
                 */
                text: string;
            }[];
            remarks: string[];
            /** @description columns hold what changed, so the timeline is built anew */
            rebuilds_timeline: boolean;
        };
        Blueprint: {
            /** @description its number among the versions; 0: it is kept nowhere (none yet, or named by --blueprint) */
            version: number;
            name: string;
            /** @example Europe/Helsinki */
            time_zone: string;
            stages: string[];
            channels: {
                name: string;
                /** @enum {string} */
                kind: "self-service" | "human" | "bot" | "message";
            }[];
            touchpoints: components["schemas"]["BlueprintTouchpoint"][];
            journeys: components["schemas"]["BlueprintJourney"][];
            promises: components["schemas"]["BlueprintPromise"][];
            scales: {
                name: string;
                low: number;
                high: number;
                high_is_good: boolean;
            }[];
            metrics: components["schemas"]["BlueprintMetric"][];
            dimensions: {
                name: string;
                source: string;
                key: string;
            }[];
        };
        BlueprintMetric: {
            name: string;
            kind: string;
            scale: string;
            version: number;
            target: number | null;
            minimum: number;
            high_is_good: boolean;
            /** @description the lowest answer that counts as good */
            good_from: number | null;
            /** @description whether effort is a share or a mean */
            ces: string;
            touchpoints: string[];
            promise: string;
            journey: string;
            builtin: boolean;
        };
        BlueprintTouchpoint: {
            name: string;
            stage: string;
            owner: string;
            channel: string;
            topic: string;
            cost: number | null;
            visible: boolean;
            direct: boolean;
            /** @description null where the kind of the channel decides */
            contact: boolean | null;
        };
        BlueprintJourney: {
            name: string;
            starts: string[];
            ends: string[];
            stages: string[];
            path: string[];
            thread: boolean;
            silence: number | null;
            within: number | null;
            feeling: string;
            stage_feelings: {
                [key: string]: {
                    feeling: string;
                    intended: number | null;
                };
            };
            owner: string;
        };
        BlueprintPromise: {
            name: string;
            made: string[];
            kept: string[];
            within: number | null;
            at_risk: number | null;
            target: number | null;
            owner: string;
        };
        CustomerList: {
            customers: components["schemas"]["Customer"][];
            /** @description there are more, or may be: search for more letters of the name */
            more: boolean;
        };
        Customer: {
            /** @description the name that the customer goes by */
            customer: string;
            /** @description of all names */
            traits: {
                [key: string]: unknown;
            };
            encounters: number;
            first: string | null;
            latest: string | null;
            /** @description all names; of one customer only */
            identities?: components["schemas"]["Identity"][];
            /** @description what the customer allows and what not; of one customer only */
            consents?: components["schemas"]["Consent"][];
        };
        Identity: {
            name: string;
            /** @enum {string} */
            kind: "verified" | "key" | "contact" | "anonymous";
        };
        Join: {
            number: number;
            name: string;
            other: string;
            /** @description whom `name` belongs to */
            customer: string;
            /** @description whom `other` belongs to */
            other_customer: string;
            /** @enum {string} */
            state: "joined" | "apart" | "shared" | "ambiguous" | "suggested" | "undone";
            /** @description of messages and traits */
            evidence: ("same_message" | "alias" | "email" | "phone" | "key")[];
            /** @description the state is somebody's word */
            word: boolean;
            why: string;
            assertions?: components["schemas"]["JoinAssertion"][];
        };
        JoinAssertion: {
            number: number;
            /** @description null before it was noted */
            at: string | null;
            /** @enum {string} */
            evidence: "same_message" | "alias" | "email" | "phone" | "key" | "person" | "apart" | "retracted";
            /** @example segment */
            source: string;
            /** @description id of who said it; empty for messages and traits */
            person: string;
            reason: string;
        };
        JoinOutcome: components["schemas"]["Join"] & {
            /** @description the two may be one all the same through other names */
            one_customer: boolean;
        };
        Joins: {
            joins: components["schemas"]["Join"][];
        };
        JoinSuggestions: {
            suggestions: {
                customers: string[];
                /** @description the name that belongs to several of them */
                through: string | null;
                /** @description numbers of the joins that speak for it */
                links: number[];
            }[];
        };
        CustomerJoins: {
            customer: string;
            identities: components["schemas"]["Identity"][];
            links: components["schemas"]["Join"][];
        };
        CustomerTraits: {
            customer: string;
            at: string | null;
            traits: {
                trait: string;
                value: string;
                /** @description null before changes were kept */
                since: string | null;
                source: string;
                /** @description the name of the customer that it was told of */
                name: string;
            }[];
            changes: {
                at: string | null;
                trait: string;
                /** @description null when it was removed */
                value: string | null;
                source: string;
                name: string;
            }[];
        };
        CustomerAccounts: {
            customer: string;
            accounts: {
                account: string;
                role: string;
                since: string;
                source: string;
            }[];
        };
        Account: {
            /** @description `after` of the next part; null at the end */
            next: string | null;
            account: string;
            traits: {
                [key: string]: unknown;
            };
            people: {
                customer: string;
                role: string;
                since: string;
                source: string;
                encounters: number;
            }[];
        };
        Values: {
            field: string;
            /** @description so many of the most frequent values were searched */
            looked_at: number;
            /** @description how many values there are */
            distinct: number;
            values: {
                value: string;
                encounters: number;
            }[];
        };
        Suggestions: {
            suggestions: {
                text: string;
                /** @example field */
                kind: string;
            }[];
        };
        Target: {
            id: string;
            name: string;
            url: string;
            events: string[];
            enabled: boolean;
            /** @description why the server switched it off */
            reason: string | null;
            /** Format: date-time */
            made: string;
            /**
             * Format: date-time
             * @description the first failure since it last took something or had nothing waiting for it
             */
            failing_since: string | null;
            /**
             * Format: date-time
             * @description until then the secret before signs too
             */
            old_secret_until: string | null;
            /** @description deliveries on their way */
            waiting: number;
            /** @description for If-Match; another whenever somebody changes the target */
            version: string;
        };
        Delivery: {
            /** @description the event's, sent as webhook-id */
            id: string;
            /** @example user.added */
            type: string;
            /** Format: date-time */
            made: string;
            /** @enum {string} */
            state: "waiting" | "done" | "failed";
            tries: number;
            /**
             * Format: date-time
             * @description when it is tried next
             */
            due: string | null;
            /** Format: date-time */
            tried: string | null;
            /** @description of the last answer */
            status: number | null;
            /** @description why the last try failed */
            problem: string | null;
            /** @description what was answered, shortened */
            answer: string | null;
        };
        Mail: {
            /** @description stands in its Message-ID */
            id: string;
            /** @enum {string} */
            occasion: "invitation" | "password-changed" | "factor-added" | "factor-removed" | "test";
            /** @description id of the user it is for */
            person: string | null;
            /** Format: date-time */
            made: string;
            /** @enum {string} */
            state: "waiting" | "done" | "failed";
            tries: number;
            /**
             * Format: date-time
             * @description when it is tried next
             */
            due: string | null;
            /** Format: date-time */
            tried: string | null;
            /** @description the mail server's last reply */
            code: number | null;
            /** @description why the last try failed */
            problem: string | null;
        };
        Live: {
            /** @constant */
            live: true;
        };
        Ready: {
            /** @constant */
            ready: true;
        };
        /** @description A Problem, with each of the faults */
        NotReady: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @enum {string} */
            code: "unavailable";
            faults: {
                /** @enum {string} */
                part: "ledger" | "timeline" | "records";
                /** @description what that means and what to do */
                words: string;
            }[];
        };
        About: {
            name: string;
            version: string;
            demo: boolean;
            organisation: string;
        };
    };
    responses: {
        /** @description The client has this answer already (If-None-Match) */
        NotChanged: {
            headers: {
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description What went wrong and what to do (RFC 9457) */
        Problem: {
            headers: {
                /** @description seconds; with 429, 503 and 507 */
                "Retry-After"?: number;
                /** @description with 405: the methods that there are */
                Allow?: string;
                /** @description with 412: of what is there now */
                ETag?: string;
                "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
        After: string;
        /**
         * @description the clause `per` of the question, written apart
         * @example thread
         */
        Per: string;
        /**
         * @description the clause `from`
         * @example 2026-07-01
         */
        From: string;
        /**
         * @description the clause `to`
         * @example 2026-08-01
         */
        To: string;
        /**
         * @description the clause `by`
         * @example channel
         */
        By: string;
        /**
         * @description the clause `where`
         * @example channel = 'web'
         */
        Where: string;
        /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
        IdempotencyKey: string;
        /** @description any name that only you know; under it the work can be looked at and called off at /api/tasks/{name} */
        Task: string;
    };
    requestBodies: never;
    headers: {
        /** @description of this answer; with it in If-None-Match the answer is 304 for as long as it is the same */
        ETag: string;
        /** @description the first answer to this Idempotency-Key, given again */
        "Idempotency-Replayed": "true";
        /** @description seconds */
        "Retry-After": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    ask: {
        parameters: {
            query: {
                /**
                 * @description an address has 16 KiB at most; a longer question, up to 256 KiB, is posted
                 * @example flow per thread
                 */
                q: string;
                /**
                 * @description the clause `per` of the question, written apart
                 * @example thread
                 */
                per?: components["parameters"]["Per"];
                /**
                 * @description the clause `from`
                 * @example 2026-07-01
                 */
                from?: components["parameters"]["From"];
                /**
                 * @description the clause `to`
                 * @example 2026-08-01
                 */
                to?: components["parameters"]["To"];
                /**
                 * @description the clause `by`
                 * @example channel
                 */
                by?: components["parameters"]["By"];
                /**
                 * @description the clause `where`
                 * @example channel = 'web'
                 */
                where?: components["parameters"]["Where"];
                /**
                 * @description the clause `limit` of the question: how many rows
                 * @example 20
                 */
                limit?: string;
                /**
                 * @description the clause `offset` of the question: how many rows to leave out first
                 * @example 20
                 */
                offset?: string;
                /** @description counts before Accept */
                format?: "json" | "csv" | "xlsx" | "parquet";
                /** @description any name that only you know; under it the work can be looked at and called off at /api/tasks/{name} */
                task?: components["parameters"]["Task"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/vnd.apache.parquet": string;
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    askMany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    question: string;
                } | {
                    questions: string[];
                };
            };
        };
        responses: {
            /** @description The answer, or the answers in the order asked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"] | components["schemas"]["Answers"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    taskProgress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The progress */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskProgress"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    callOffTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has been told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        called_off: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    overview: {
        parameters: {
            query?: {
                /**
                 * @description first day, or an instant
                 * @example 2026-08-24
                 */
                from?: string;
                /**
                 * @description last day, counted to its end; or an instant, not counted
                 * @example 2026-11-22
                 */
                to?: string;
                /**
                 * @description a filter in the grammar of questions
                 * @example plan = 'gold'
                 */
                where?: string;
                /** @description any name that only you know; under it the work can be looked at and called off at /api/tasks/{name} */
                task?: components["parameters"]["Task"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The overview */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    blueprint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The blueprint; its version is the ETag too */
            200: {
                headers: {
                    /** @description the version in quotes, for If-Match */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Blueprint"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    changeBlueprint: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description the version that was seen in force */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the whole file, kept as it is */
                    toml: string;
                    /** @description why, for the list of versions */
                    reason?: string;
                    /** @default false */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description What is otherwise, and the version that is in force now */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    /** @description that version in quotes */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlueprintChange"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    blueprintVersions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlueprintVersions"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    blueprintVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlueprintVersion"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    customers: {
        parameters: {
            query?: {
                search?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customers */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    customerTimeline: {
        parameters: {
            query?: {
                /** @description 0: as by default */
                limit?: number;
                offset?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The timeline */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerTimeline"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    consents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What holds, by purpose, and everything that was said */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    setConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example contact */
                    purpose: string;
                    state: components["schemas"]["ConsentState"];
                    /** @description the version of the text that was agreed to */
                    wording?: string;
                    /** @description how it was told; absent: who sends this */
                    source?: string;
                };
            };
        };
        responses: {
            /** @description What holds now */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consents"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    customerCopy: {
        parameters: {
            query?: {
                form?: "json" | "html";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The copy */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerCopy"];
                    "text/html": string;
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    erasures: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receipts, the oldest first */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasures"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    erase: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description all names of one person */
                    customers: string[];
                    /** @description kept in the receipt; no personal data belong here */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The receipt, not sealed yet */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readmit: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    customers: string[];
                };
            };
        };
        responses: {
            /** @description How many */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        readmitted: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    searchBytes: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    texts: string[];
                };
            };
        };
        responses: {
            /** @description Where they were found */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BytesSearched"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    retention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rules, of [retention] in kokemus.toml */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retention"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    customerJoins: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description any name of the customer */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All names of the customer, and everything that is said of them */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerJoins"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    customerTraits: {
        parameters: {
            query?: {
                at?: string;
            };
            header?: never;
            path: {
                /** @description any name of the customer */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The traits, and every change of them, newest first */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerTraits"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    customerAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description any name of the customer */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The accounts */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerAccounts"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    account: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account; of its people, by name, those whom the reader may see */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    joins: {
        parameters: {
            query?: {
                /** @description only those of the customer with this name */
                customer?: string;
                state?: "joined" | "apart" | "shared" | "ambiguous" | "suggested" | "undone";
                /** @description the number of the last one of the page before */
                after?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The links, by number */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Joins"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    join: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    other: string;
                    /** @description kept with the word, at most 500 bytes */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description What is said of the two now */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinOutcome"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    joinSuggestions: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The suggestions */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinSuggestions"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    undoJoin: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is said of the two now */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinOutcome"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    watch: {
        parameters: {
            query?: {
                /** @description absent: those with a target */
                metric?: string;
                /** @description a field: each of its values too */
                by?: string;
                /** @description a week, of all series together */
                false_alarms?: number;
                days?: number;
                /** @description weeks */
                history?: number;
                /** @description answers for a value */
                minimum?: number;
                /** @description any name that only you know; under it the work can be looked at and called off at /api/tasks/{name} */
                task?: components["parameters"]["Task"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every series and what runs ahead of them */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watch"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    improvements: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The improvements */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImprovementList"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    registerImprovement: {
        parameters: {
            query?: {
                /** @description any name that only you know; under it the work can be looked at and called off at /api/tasks/{name} */
                task?: components["parameters"]["Task"];
            };
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewImprovement"];
            };
        };
        responses: {
            /** @description It is kept for good; with dry_run it is not */
            201: {
                headers: {
                    /** @description the version; absent with dry_run */
                    ETag?: string;
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Improvement"] | components["schemas"]["ImprovementRehearsal"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    improvementPower: {
        parameters: {
            query?: {
                /** @description any name that only you know; under it the work can be looked at and called off at /api/tasks/{name} */
                task?: components["parameters"]["Task"];
            };
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewImprovement"];
            };
        };
        responses: {
            /** @description What it could show */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImprovementPower"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyImprovements: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What following the chain found */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImprovementRecordState"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    improvement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The improvement */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Improvement"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    withdrawImprovement: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description the version that was seen, in quotes; 412 when it is of another by now */
                "If-Match"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The improvement */
            200: {
                headers: {
                    /** @description the version */
                    ETag: string;
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Improvement"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    amendImprovement: {
        parameters: {
            query?: {
                /** @description any name that only you know; under it the work can be looked at and called off at /api/tasks/{name} */
                task?: components["parameters"]["Task"];
            };
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description the version that was seen, in quotes; 412 when it is of another by now */
                "If-Match"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImprovementChange"];
            };
        };
        responses: {
            /** @description The improvement */
            200: {
                headers: {
                    /** @description the version */
                    ETag: string;
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Improvement"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    lookAtImprovement: {
        parameters: {
            query?: {
                /** @description any name that only you know; under it the work can be looked at and called off at /api/tasks/{name} */
                task?: components["parameters"]["Task"];
            };
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description the version that was seen, in quotes; 412 when it is of another by now */
                "If-Match"?: string;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The look; one that sees what the last saw is not kept again */
            200: {
                headers: {
                    /** @description the version */
                    ETag: string;
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImprovementVerdict"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    improvementRecord: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImprovementRecord"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    freshness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The freshness */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Freshness"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    sendEncounters: {
        parameters: {
            query?: never;
            header?: {
                "Content-Encoding"?: "gzip" | "zstd" | "identity";
                /** @description With this header, the others of CloudEvents' binary mode are read */
                "ce-specversion"?: "1.0";
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SentEncounter"] | components["schemas"]["SentEncounter"][];
                "application/x-ndjson": string;
                "application/cloudevents+json": Record<string, never>;
                "application/cloudevents-batch+json": Record<string, never>[];
            };
        };
        responses: {
            /** @description On disk; what was refused, or in conflict, is listed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EncountersTaken"];
                };
            };
            /** @description The body cannot be read, or every item was refused (then with the lists) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["NothingTaken"];
                };
            };
            /** @description Every item was in conflict with what is there */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["NothingTaken"];
                };
            };
            /** @description A form of CloudEvents that is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is being sent than the disk takes, or writing has stopped; nothing was taken, Retry-After says when to come back */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The disk is full; nothing was taken, and questions are answered as before */
            507: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    maySendEvents: {
        parameters: {
            query?: never;
            header?: {
                "WebHook-Request-Origin"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They may, by whoever has shown a key that may send */
            204: {
                headers: {
                    Allow: string;
                    /** @description with WebHook-Request-Origin */
                    "WebHook-Allowed-Origin"?: string;
                    /** @description with WebHook-Request-Origin */
                    "WebHook-Allowed-Rate"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    takeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description On disk, now or before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTaken"];
                };
            };
            /** @description There is no such webhook, the signature does not hold, or its time is more than five minutes off; the log says which */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body has more than 1 MiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    refused: {
        parameters: {
            query?: {
                door?: components["schemas"]["Door"];
                state?: components["schemas"]["RefusedState"];
                /** @description Why */
                code?: string;
                /** @description Who sent it, or the name of a webhook */
                source?: string;
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A part of the list, and how many there are of each kind */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusedList"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    refusedItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusedItem"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    dropRefusedItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Dropped */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusedDropped"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    correctRefusedItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    /** @default true */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description What came, or would come, of it */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tried"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayRefusedItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default false */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description What came, or would come, of it */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tried"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayRefused: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    door?: components["schemas"]["Door"];
                    code?: string;
                    source?: string;
                    after?: string;
                    /** @default false */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description What came, or would come, of them */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedAll"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    dropRefused: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    door?: components["schemas"]["Door"];
                    code?: string;
                    source?: string;
                };
            };
        };
        responses: {
            /** @description Dropped */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusedDropped"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    sendCall: {
        parameters: {
            query?: {
                /** @description The same */
                strict?: "1" | "true";
            };
            header?: {
                Authorization?: string;
                "Content-Encoding"?: "gzip" | "zstd" | "identity";
                /** @description A result for each item */
                "X-Kokemus-Strict"?: "1" | "true";
            };
            path: {
                /** @description A call of Segment's tracking API, or its letter */
                call: "identify" | "track" | "page" | "screen" | "group" | "alias" | "batch" | "i" | "t" | "p" | "s" | "g" | "a" | "b";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description What was taken is on disk */
            200: {
                headers: {
                    /** @description Items refused */
                    "X-Kokemus-Rejected"?: number;
                    /** @description Ids that were there with another body; absent when none */
                    "X-Kokemus-Conflicts"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallTaken"];
                };
            };
            /** @description No JSON, too large, or in strict mode all items refused (then with the results) */
            400: {
                headers: {
                    /** @description Items refused, in strict mode */
                    "X-Kokemus-Rejected"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["CallTaken"];
                };
            };
            /** @description The key may not write */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key may send, and not from this page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More is being sent than the disk takes */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    "X-RateLimit-Reset"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    mayPageSend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A call of Segment's tracking API, or its letter */
                call: "identify" | "track" | "page" | "screen" | "group" | "alias" | "batch" | "i" | "t" | "p" | "s" | "g" | "a" | "b";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It may; the headers say what */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key names its origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readLibrarySettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description That all goes to this server, and nothing elsewhere */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            304: components["responses"]["NotChanged"];
            /** @description The key does not name the origin of the page that asks */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mayPageReadSettings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It may; the headers say what */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No key names its origin */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    makeBackup: {
        parameters: {
            query?: never;
            header: {
                /** @description Bearer and the key of server.json */
                Authorization: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description an absolute path on the machine of the server; must not exist or be empty, and lie outside the data folder */
                    folder: string;
                    /** @description the data folder that is meant; refused when the server serves another */
                    data?: string;
                };
            };
        };
        responses: {
            /** @description The backup is on disk */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backup"];
                };
            };
            /** @description Without the key */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The folder is not empty, another backup is being made, or other data are served */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: {
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Nobody who is known asks; a stream that is open then is closed within 15 s */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It takes the right read-blueprint */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many pages listen already, or the server has begun a moment ago; a browser does not ask again by itself */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    values: {
        parameters: {
            query: {
                field: string;
                q?: string;
                /**
                 * @description the clause `per` of the question, written apart
                 * @example thread
                 */
                per?: components["parameters"]["Per"];
                /**
                 * @description the clause `from`
                 * @example 2026-07-01
                 */
                from?: components["parameters"]["From"];
                /**
                 * @description the clause `to`
                 * @example 2026-08-01
                 */
                to?: components["parameters"]["To"];
                /**
                 * @description the clause `where`
                 * @example channel = 'web'
                 */
                where?: components["parameters"]["Where"];
                search?: string;
                /** @description of the list of values; no clause of the question */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The values, most frequent first */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Values"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    suggest: {
        parameters: {
            query: {
                text: string;
                /** @description place in text; absent is its end */
                cursor?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The suggestions, best first */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestions"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody, somebody, or everybody */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                    /** @description of the second factor */
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused: sign_in_refused, or code_needed when the second factor is missing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong tries; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        signed_out: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    email: string;
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Made, and signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused: sign_in_refused, or code_needed when the second factor is missing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong tries; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Chosen, and signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused: sign_in_refused, or code_needed when the second factor is missing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong tries; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    present: string;
                    chosen: string;
                };
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused: sign_in_refused, or code_needed when the second factor is missing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong tries; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    proposeFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the present one */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Shown this once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description base32, for typing */
                        secret: string;
                        /** @description otpauth://, for a QR code */
                        link: string;
                    };
                };
            };
            /** @description Refused: sign_in_refused, when the password is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong tries; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description The codes on paper, shown this once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recovery_codes: string[];
                    };
                };
            };
            /** @description A wrong code */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none to confirm; a proposal holds 15 minutes, and until its user signs out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong tries; Retry-After says how long to wait */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Taken away */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Refused: sign_in_refused, or code_needed when the second factor is missing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many wrong tries; Retry-After says how long to wait */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    users: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By e-mail address */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        users: components["schemas"]["User"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    name: string;
                    role: components["schemas"]["Role"];
                    /** @description of a manager */
                    departments?: string[];
                    /** @description of an agent: what encounters call them */
                    employee?: string;
                };
            };
        };
        responses: {
            /** @description The code is shown this once; it holds three days at /invitation#CODE */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description the version that was seen, in quotes; 412 when the user is another by now */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    role?: components["schemas"]["Role"];
                    /** @description of a manager */
                    departments?: string[];
                    /** @description of an agent: what encounters call them */
                    employee?: string;
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description The user as it is now */
            200: {
                headers: {
                    /** @description the version in quotes */
                    ETag: string;
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    inviteAgain: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The code is shown this once */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    keys: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: components["schemas"]["Key"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    makeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description whose rights are its bound; absent means your own */
                    user?: string;
                    /** @description what it is for */
                    name: string;
                    /** @description of those of its user; never use-own-account, manage-users or manage-keys */
                    rights: components["schemas"]["Right"][];
                    /** @description of pages that may show it to /v1; absent means none, * any */
                    origins?: string[];
                    /** Format: date-time */
                    expires: string;
                };
            };
        };
        responses: {
            /** @description Its text is shown this once */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: components["schemas"]["Key"];
                        /**
                         * @description the key itself
                         * @example kk_...
                         */
                        text: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        revoked: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    audit: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
                /** @description only of this id of a user, key:ID, operator or nobody; `key:` are all keys */
                actor?: string;
                /**
                 * @description only this; with a dot at its end all that begin with it
                 * @example key.
                 */
                action?: string;
                /** @description only what was done to, or seen of, this customer */
                customer?: string;
                /** @description only from this instant on */
                from?: string;
                /** @description only before this instant */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["AuditEntry"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether every entry is as it was written */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: number;
                        /** @description digest of the last entry; note it elsewhere */
                        head: string;
                        first_broken: number | null;
                    };
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    targets: {
        parameters: {
            query?: {
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The targets */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        targets: components["schemas"]["Target"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    addTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description what receives the events */
                    name: string;
                    /** @description https; http where the configuration allows it */
                    url: string;
                    /** @description types (docs/webhooks_out.md), their beginnings (user.*), or * for all; what names none is refused */
                    events: string[];
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Its secret is shown this once */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        target: components["schemas"]["Target"];
                        /** @example whsec_... */
                        secret: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    target: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The target */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    removeTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken away */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        removed: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description the version that was seen, in quotes, or its ETag; 412 when the target is of another by now */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description what receives the events */
                    name?: string;
                    /** @description https; http where the configuration allows it */
                    url?: string;
                    /** @description types, their beginnings (user.*), or * for all */
                    events?: string[];
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description The target */
            200: {
                headers: {
                    /** @description the version, and behind a dash the state of its deliveries */
                    ETag: string;
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    renewTargetSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description how long the old one signs too, 30d at most
                     * @default 24h
                     * @example 2d
                     */
                    overlap?: string;
                };
            };
        };
        responses: {
            /** @description The new secret is shown this once */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        target: components["schemas"]["Target"];
                        /** @example whsec_... */
                        secret: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    testTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deliveries: {
        parameters: {
            query?: {
                state?: "waiting" | "done" | "failed";
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: components["schemas"]["Delivery"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    replayDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description id of one */
                    delivery?: string;
                    /**
                     * Format: date-time
                     * @description all that failed, of events since then
                     */
                    failed_since?: string;
                };
            };
        };
        responses: {
            /** @description How many will be sent */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replayed: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    mails: {
        parameters: {
            query?: {
                state?: "waiting" | "done" | "failed";
                limit?: number;
                /** @description `next` of the part before; absent: the beginning. A part goes on behind the last entry of the one before, so that what is added or removed meanwhile makes nothing appear twice or be left out */
                after?: components["parameters"]["After"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of mails */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whether there is a mail server to hand them to */
                        configured: boolean;
                        mails: components["schemas"]["Mail"][];
                        next: components["schemas"]["Next"];
                    };
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    testMail: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new UUID, say: the same write sent again by the same person within a day is carried out once and answered with the first answer (Idempotency-Replayed: true); 409 while it is under way, 422 with another body */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @example anna@example.com */
                    to: string;
                };
            };
        };
        responses: {
            /** @description What came of it */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mail"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document, as the program was built with it */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            304: components["responses"]["NotChanged"];
        };
    };
    healthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            304: components["responses"]["NotChanged"];
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            304: components["responses"]["NotChanged"];
            /** @description It cannot now, and why */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["NotReady"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The measures */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
    about: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The program and the organisation */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["About"];
                };
            };
            304: components["responses"]["NotChanged"];
            default: components["responses"]["Problem"];
        };
    };
}
