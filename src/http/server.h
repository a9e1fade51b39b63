#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/router.h"
#include "http/traffic.h"

namespace kokemus::http {

class Certificate;

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                            ///< 0: any free one
    std::shared_ptr<const Certificate> certificate = {};  ///< with it TLS is spoken, and only that
    unsigned hsts_seconds = 0;  ///< how long browsers shall insist on TLS; 0: nothing is said
    std::size_t io_threads = 2;
    std::size_t workers = 8;  ///< handlers running at once; the cores are shared fairly among them
    std::size_t quick_workers = 2;  ///< handlers of the quick lane running at once
    std::size_t waiting_max =
        256;  ///< complete requests waiting for a worker, a lane; more get 503
    std::size_t connections_max = 20'000;         ///< at once; more are told 503 and closed
    std::size_t connections_per_address_max = 0;  ///< the same of one address; 0: as many as come
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t body_bytes_max = 16 * 1024 * 1024;
    std::size_t bodies_bytes_max = 256 * 1024 * 1024;  ///< of all bodies held at once; more get 503
    std::chrono::milliseconds body_patience{2000};     ///< what still comes then may lose its room
    unsigned idle_seconds_max = 60;                    ///< kept alive without a request
    unsigned header_seconds_max = 10;                  ///< from its first byte to its last
    unsigned request_seconds_max = 30;  ///< for the body after the header; and of an answer for
                                        ///< each part that the client takes
    std::size_t answer_bytes_per_second_min = 8 * 1024;  ///< who takes it more slowly is cut off
    bool logs_requests = false;  ///< a line each: route and outcome, nothing that was sent
    std::chrono::milliseconds heartbeat{15'000};  ///< between signs of life to those who listen
    std::shared_ptr<Traffic> traffic = {};        ///< counts here; null: for itself alone
};

/// Serves HTTP/1.1 with keep-alive: a few I/O threads read whole requests and hand them to bounded
/// pools of workers. A connection that waits (for its client, for a worker, for an answer that
/// comes later, for news) holds no thread, and about 3 KiB of memory when it has nothing to say.
/// Whoever says it too slowly is closed after the time named in the options. Within TLS the same
/// holds, of the handshake too; a silent connection takes 18 KiB then.
///
/// Thread safety: `stop` may be called from any thread and from signal handling code running on a
/// thread of its own.
class Server {
public:
    /// Binds and starts to serve. Conflict when the port is taken, with words.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, Router router);

    /// Stops, as `stop` does.
    ~Server();

    std::uint16_t port() const;

    /// Takes no new connections, answers what was read completely, then closes everything. Returns
    /// when done.
    void stop();

private:
    struct Inside;
    explicit Server(std::unique_ptr<Inside> inside);

    std::unique_ptr<Inside> inside_;
};

}  // namespace kokemus::http
