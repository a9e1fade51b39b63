#include "sample/profile.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::sample {

namespace {

// The commonest names in Finland, first and last drawn apart: no real person is meant.
constexpr std::array<std::string_view, 40> first_names = {
    "Aino",  "Anna",   "Antti",  "Eero",  "Eeva",   "Elias", "Emilia", "Hanna",  "Heidi", "Helmi",
    "Iiris", "Ilmari", "Jaakko", "Jenni", "Johan",  "Juha",  "Kalle",  "Kerttu", "Laura", "Lauri",
    "Liisa", "Maria",  "Markku", "Matti", "Mikael", "Niina", "Noora",  "Olavi",  "Oona",  "Paavo",
    "Pekka", "Petra",  "Sanna",  "Sari",  "Sofia",  "Timo",  "Tiina",  "Tuomas", "Venla", "Vilho"};
constexpr std::array<std::string_view, 30> last_names = {
    "Aalto",       "Ahonen",   "Hakala",   "Heikkinen", "Heino",    "Jokinen",
    "Karjalainen", "Kinnunen", "Koskinen", "Laine",     "Lehtonen", "Leppänen",
    "Lindholm",    "Mattila",  "Mäkelä",   "Mäkinen",   "Nieminen", "Nyman",
    "Ojala",       "Peltola",  "Rantanen", "Räsänen",   "Saarinen", "Salminen",
    "Savolainen",  "Tuominen", "Turunen",  "Virtanen",  "Väisänen", "Westerlund"};

template <std::size_t size>
std::size_t pick(const std::array<double, size>& shares, double u) {
    for (std::size_t i = 0; i + 1 < size; ++i) {
        if (u < shares[i]) {
            return i;
        }
        u -= shares[i];
    }
    return size - 1;
}

/// Letters an e-mail address may hold.
std::string plain(std::string_view name) {
    std::string out = lower(name);
    for (const auto& [letter, replacement] :
         {std::pair<std::string_view, char>{"ä", 'a'}, {"ö", 'o'}, {"Ä", 'a'}}) {
        for (std::size_t at = out.find(letter); at != std::string::npos; at = out.find(letter)) {
            out.replace(at, letter.size(), 1, replacement);
        }
    }
    return out;
}

}  // namespace

Random stream(const World& world, std::uint64_t customer, Stream which, std::uint64_t index) {
    // Sixteen kinds by 4096 happenings each; a customer has far fewer.
    return Random(world.options.seed,
                  ((customer * 16 + static_cast<std::uint64_t>(which)) << 12U) + index);
}

Profile make_profile(const World& world, std::uint64_t number) {
    Random random = stream(world, number, Stream::Profile);
    Profile profile;
    profile.number = number;
    profile.region = static_cast<Region>(pick(region_shares, random.uniform()));
    profile.segment = static_cast<Segment>(pick(segment_shares, random.uniform()));
    profile.plan = static_cast<Plan>(pick(plan_shares, random.uniform()));
    profile.finnish = random.chance(0.12);
    profile.app_share = random.uniform(0.1, 0.7);
    profile.feeling = random.normal(0, planted::customer_deviation) +
                      planted::segment_effects[static_cast<std::size_t>(profile.segment)];
    constexpr double join_share = 0.84;
    const double span = static_cast<double>(world.to - world.from);
    if (number >= world.options.customers) {
        // Those who come after the end of the data, as fast as those before.
        const double per_customer =
            span / (join_share * static_cast<double>(world.options.customers));
        const double place =
            static_cast<double>(number - world.options.customers) + random.uniform();
        profile.joins = true;
        profile.joined = world.to + static_cast<Millis>(per_customer * place);
    } else {
        profile.joins = random.chance(join_share);
        profile.joined =
            world.from + (profile.joins ? static_cast<Millis>(span * random.uniform()) : 0);
    }
    return profile;
}

encounter::CustomerName customer_name(std::uint64_t number) {
    std::string name = "c0000000";
    for (std::size_t at = name.size() - 1; at > 0 && number > 0; --at, number /= 10) {
        name[at] = static_cast<char>('0' + number % 10);
    }
    return encounter::CustomerName(number == 0 ? std::move(name)
                                               : fmt::format("c{}{}", number, name.substr(1)));
}

encounter::Customer make_customer(const World& world, const Profile& profile) {
    Random random = stream(world, profile.number, Stream::Name);
    const std::string_view first = first_names[random.below(first_names.size())];
    const std::string_view last = last_names[random.below(last_names.size())];
    return {
        customer_name(profile.number),
        {{"name", fmt::format("{} {}", first, last)},
         {"email", fmt::format("{}.{}{}@example.com", plain(first), plain(last), profile.number)},
         {"region", std::string(region_names[static_cast<std::size_t>(profile.region)])},
         {"plan", std::string(plan_names[static_cast<std::size_t>(profile.plan)])},
         {"segment", std::string(segment_names[static_cast<std::size_t>(profile.segment)])},
         {"language", profile.finnish ? "fi" : "en"}}};
}

}  // namespace kokemus::sample
