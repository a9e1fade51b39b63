// Put before a program (LD_PRELOAD), it makes the calls that should bring bytes to the disk do
// nothing: a writer that acknowledges what is not durable. With it the harness must find losses,
// else it could not find any.
extern "C" {
int fsync(int) {
    return 0;
}
int fdatasync(int) {
    return 0;
}
}
