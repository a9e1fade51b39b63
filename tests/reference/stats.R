# Oracle numbers for src/stats: run `Rscript stats.R > stats.csv` in this folder.
# Made with R 4.2.2 and its package survival; not needed to run the tests, which read stats.csv.
suppressMessages(library(survival))
say <- function(name, value) cat(sprintf("%s,%.12g\n", name, value))
cat("name,value\n")

# Kaplan-Meier with Greenwood's standard error.
follow <- function(name, time, event, at) {
  fit <- survfit(Surv(time, event) ~ 1)
  there <- summary(fit, times = at, extend = TRUE)
  say(paste0("km.", name, ".survival"), there$surv)
  say(paste0("km.", name, ".error"), there$std.err)
}
maintained <- c(9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161)
maintained_event <- c(1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0)
follow("maintained18", maintained, maintained_event, 18)
follow("maintained34", maintained, maintained_event, 34)
follow("maintained48", maintained, maintained_event, 48)
# 500 contacts, hours to the repeat or to the end of the data; ties between both.
set.seed(7)
hours <- pmin(floor(rexp(500, 1 / 300)), 200)
seen <- floor(runif(500, 20, 400))
time <- pmin(hours, seen)
event <- as.integer(hours <= seen & hours < 200)
follow("contacts168", time, event, 168)
write.table(data.frame(time, event), "stats_contacts.csv", sep = ",", row.names = FALSE,
            quote = FALSE)

# Welch.
first <- c(7.1, 6.2, 8.0, 5.5, 6.9, 7.4)
second <- c(5.2, 6.1, 4.8, 5.0, 6.6, 5.9, 4.4, 5.7)
welch <- t.test(first, second)
say("welch.t", unname(welch$statistic))
say("welch.p", welch$p.value)
say("welch.low", welch$conf.int[1])
say("welch.high", welch$conf.int[2])
say("welch.error", welch$stderr)

# Student's t interval of forty answers.
forty <- 3 + (0:39) %% 3
interval <- t.test(forty)$conf.int
say("t40.low", interval[1])
say("t40.high", interval[2])

# The posterior of a mean under Dirichlet(1/2) on the levels, by simulation (2 million draws: the
# quantiles are good to about 0.002).
posterior <- function(name, answers, levels) {
  set.seed(11)
  weight <- sapply(levels, function(level) sum(answers == level)) + 0.5
  draws <- sapply(weight, function(a) rgamma(2e6, a))
  mean <- drop(draws %*% levels) / rowSums(draws)
  q <- quantile(mean, c(0.025, 0.975), names = FALSE)
  say(paste0("dirichlet.", name, ".low"), q[1])
  say(paste0("dirichlet.", name, ".high"), q[2])
}
posterior("seven", c(7, 6, 7, 5, 2, 6, 7), 1:7)
posterior("ten", c(0, 10, 10, 9, 8, 10, 3, 7, 10, 9, 10, 6), 0:10)
posterior("same", rep(7, 10), 1:7)
