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
