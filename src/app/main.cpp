#include "app/command.h"

int main(int argc, char** argv) {
    return kokemus::app::run(argc, argv);
}
