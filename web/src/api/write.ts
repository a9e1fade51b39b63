import { useMutation, useQueryClient } from '@tanstack/react-query';

/**
 * A change of something on the server. When it is done, what stands under the addresses in `changes` is asked for
 * again; `error` holds what was refused, for ProblemNote.
 */
export function useWrite<Sent, Answer>(
    write: (sent: Sent) => Promise<Answer>,
    { changes = [], onDone }: { changes?: string[]; onDone?: (answer: Answer, sent: Sent) => void } = {},
) {
    const client = useQueryClient();
    return useMutation({
        mutationFn: write,
        onSuccess: async (answer, sent) => {
            onDone?.(answer, sent);
            await Promise.all(changes.map((address) => client.invalidateQueries({ queryKey: [address] })));
        },
    });
}
