#pragma once

#include <csignal>

#include "app/served_blueprint.h"
#include "http/certificate.h"

namespace kokemus::app {

/// Blocks the signals that are meant for us for this thread and those it starts, so that `attend`
/// alone receives them. Whoever no longer reads what we write (a log through a pipe, a client) is a
/// failed write from then on, and does not end the program.
sigset_t block_signals();

/// Reads anew what may have been edited: all of it on SIGHUP, the certificate (null: there is none)
/// also when its files are others. What cannot be used is said in the log, and what was there
/// stays. Returns when the server is told to stop.
void attend(const sigset_t& signals, ServedBlueprint& blueprint, http::Certificate* certificate);

}  // namespace kokemus::app
