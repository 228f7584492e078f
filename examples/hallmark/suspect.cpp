// Finds and loads the TorchScript plug-in (POSIX).
#include "suspect.hpp"

#include "cli.hpp"

#include <filesystem>

#include <dlfcn.h>

namespace cli {
namespace {
auto plug_in() -> std::filesystem::path {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path() / "hallmark-torchscript.so";
}
}  // namespace

auto suspects_work() -> bool {
    std::error_code ignored;
    return std::filesystem::is_regular_file(plug_in(), ignored);
}

auto open_suspect(std::string const& path) -> std::unique_ptr<suspect> {
    if (!suspects_work()) {
        refuse(
            "--model needs LibTorch, which this program was built without; install libtorch-dev, configure again and rebuild, or score elsewhere and use "
            "--scores");
    }
    // Never closed: LibTorch registers things that must live until the program ends.
    auto* const library = ::dlopen(plug_in().c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        refuse("the LibTorch plug-in cannot be loaded: ", ::dlerror());
    }
    auto const open = reinterpret_cast<open_torchscript>(::dlsym(library, "hallmark_open_torchscript"));
    if (open == nullptr) {
        refuse("the LibTorch plug-in is not of this version of the program: ", ::dlerror());
    }
    return std::unique_ptr<suspect>(open(path.c_str()));
}

}  // namespace cli
