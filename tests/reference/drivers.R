# Oracle numbers for the regressions and drivers of src/stats: run `Rscript drivers.R > drivers.csv`
# in this folder. Made with R 4.2.2 and sandwich 3.0-2; not needed to run the tests, which read
# drivers.csv.
suppressMessages(library(sandwich))
say <- function(name, value) cat(sprintf("%s,%.12g\n", name, value))
cat("name,value\n")

# Least squares with three kinds of errors.
fit <- lm(dist ~ speed, cars)
say("cars.constant", coef(fit)[[1]])
say("cars.speed", coef(fit)[[2]])
say("cars.r2", summary(fit)$r.squared)
say("cars.low", confint(fit)[2, 1])
say("cars.high", confint(fit)[2, 2])
say("cars.p", summary(fit)$coefficients[2, 4])
errors <- list(usual = vcov(fit), hc3 = vcovHC(fit, "HC3"),
               clustered = vcovCL(fit, cluster = (seq_len(50) - 1) %% 7, type = "HC1"))
for (name in names(errors)) {
  say(paste0("cars.", name, ".constant"), sqrt(errors[[name]][1, 1]))
  say(paste0("cars.", name, ".speed"), sqrt(errors[[name]][2, 2]))
}

# A logistic regression of shares.
dose <- glm(c(.1, .25, .2, .6, .7) ~ I(0:4), binomial, weights = c(10, 20, 30, 20, 10),
            control = list(epsilon = 1e-14))
say("dose.constant", coef(dose)[[1]])
say("dose.slope", coef(dose)[[2]])
say("dose.error", summary(dose)$coefficients[2, 2])

# Hazards of twenty customers (time, whether they left, a bad experience).
time <- c(2, 3, 3, 5, 6, 7, 8, 8, 9, 10, 12, 12, 4, 5, 11, 12, 12, 12, 7, 12)
left <- c(1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0)
bad <- rep(c(1, 0), each = 10)
who <- rep(seq_along(time), time)
period <- sequence(time)
event <- as.integer(left[who] == 1 & period == time[who])
hazard <- glm(event ~ log(period) + bad[who], binomial("cloglog"), control = list(epsilon = 1e-14))
for (i in 1:3) say(paste0("hazard.cloglog", i), coef(hazard)[[i]])

# Importance in R's data set "swiss": the rows, and LMG by brute force over all orders.
write.table(swiss, "drivers_swiss.csv", sep = ",", row.names = FALSE, quote = FALSE)
r2 <- function(frame, columns) {
  if (length(columns) == 0) return(0)
  summary(lm(frame[[1]] ~ as.matrix(frame[columns])))$r.squared
}
# `players` is a list of columns, each coming and going as one.
lmg <- function(frame, players) {
  p <- length(players)
  sapply(seq_len(p), function(j) {
    others <- setdiff(seq_len(p), j)
    sum(sapply(0:(2^(p - 1) - 1), function(mask) {
      taken <- others[bitwAnd(mask, 2^(seq_len(p - 1) - 1)) > 0]
      s <- length(taken)
      weight <- factorial(s) * factorial(p - s - 1) / factorial(p)
      weight * (r2(frame, unlist(players[c(taken, j)])) - r2(frame, unlist(players[taken])))
    }))
  })
}
alone <- lmg(swiss, as.list(2:6))
for (i in 1:5) say(paste0("swiss.lmg", i), alone[i])
together <- lmg(swiss, list(2, 3:4, 5:6))
for (i in 1:3) say(paste0("swiss.owen", i), together[i])
fit <- summary(lm(Fertility ~ ., swiss))
say("swiss.r2", fit$r.squared)
say("swiss.adjusted", fit$adj.r.squared)

# A mean of customers who answer often: the constant alone, errors by customer (CR0 with G / (G - 1)).
of <- rep(0:39, 1 + 0:39 %% 5)
turn <- sequence(1 + 0:39 %% 5) - 1
answer <- (of * 7 + turn^2) %% 11
mean_fit <- lm(answer ~ 1)
say("often.mean", coef(mean_fit)[[1]])
say("often.error", sqrt(vcovCL(mean_fit, cluster = of, type = "HC0", cadjust = TRUE)[1, 1]))

# The same customers, each in one mood: what their answers are worth (variance / error^2). Above,
# where answers of one customer differ as those of all do, it would be more than there are.
mood <- (of * 7) %% 9 + turn %% 3
mood_fit <- lm(mood ~ 1)
mood_error <- sqrt(vcovCL(mood_fit, cluster = of, type = "HC0", cadjust = TRUE)[1, 1])
say("mood.error", mood_error)
say("mood.effective", var(mood) / mood_error^2)
say("often.effective", var(answer) / vcovCL(mean_fit, cluster = of, type = "HC0", cadjust = TRUE)[1, 1])
