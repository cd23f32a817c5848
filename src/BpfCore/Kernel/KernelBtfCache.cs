using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Reads the BTF files below one root and keeps what it read.</summary>
internal sealed class KernelBtfCache
{
    /// <summary>Name of the file that describes the kernel itself.</summary>
    public const string VmlinuxName = "vmlinux";

    private const string Directory = "sys/kernel/btf";

    private readonly KernelFiles _files;
    private readonly SystemCalls _calls;
    private readonly Lazy<BtfFile?> _image;
    private readonly Lock _reading = new();
    private readonly Dictionary<string, BtfFile> _modules = new(StringComparer.Ordinal);
    private BtfFile? _vmlinux;

    public KernelBtfCache(KernelFiles files, SystemCalls calls)
    {
        _files = files;
        _calls = calls;
        _image = new Lazy<BtfFile?>(() => KernelImageBtf.Find(files));
    }

    /// <summary>Path of the BTF of the kernel or a module.</summary>
    public static string PathOf(string name) => $"{Directory}/{name}";

    /// <summary>Whether the kernel has BTF to offer.</summary>
    public bool IsAvailable => IsBelowSys || _image.Value is not null;

    /// <summary>
    /// That the kernel's own types had to be read, or come from its image on disk, and why; null when they are mapped
    /// or not needed yet.
    /// </summary>
    public FallbackTaken? Fallback { get; private set; }

    private bool IsBelowSys => _files.Exists(PathOf(VmlinuxName));

    public BtfFile Vmlinux()
    {
        // One thread reads it, the others wait: reading it twice would take as long. A failure is not kept.
        lock (_reading)
        {
            return _vmlinux ??= ReadVmlinux();
        }
    }

    /// <summary>
    /// Reads the types of the kernel ahead; what goes wrong is left to the one who asks for them, who sees it again.
    /// </summary>
    public void TryReadVmlinux()
    {
        try
        {
            Vmlinux();
        }
        catch (Exception e) when (e is BpfException or IOException or UnauthorizedAccessException)
        {
            // Nobody asked yet.
        }
    }

    public BtfFile Module(string name)
    {
        lock (_reading)
        {
            if (!_modules.TryGetValue(name, out BtfFile? module))
            {
                module = Read(name, Vmlinux());
                _modules.Add(name, module);
            }

            return module;
        }
    }

    public IReadOnlyList<string> ModuleNames()
    {
        string directory = _files.PathOf(Directory);
        return System.IO.Directory.Exists(directory)
            ? [.. System.IO.Directory.EnumerateFiles(directory)
                .Select(static path => Path.GetFileName(path))
                .Where(static name => name != VmlinuxName)
                .Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Name of a module by the types that <see cref="Module"/> gave.</summary>
    /// <exception cref="ArgumentException">The types are those of no module.</exception>
    public string NameOf(BtfFile module)
    {
        lock (_reading)
        {
            foreach ((string name, BtfFile read) in _modules)
            {
                if (ReferenceEquals(read, module))
                {
                    return name;
                }
            }
        }

        throw new ArgumentException($"{module.Name} holds the types of no module", nameof(module));
    }

    private BtfFile ReadVmlinux()
    {
        if (IsBelowSys || _image.Value is not { } image)
        {
            return Read(VmlinuxName, baseFile: null);
        }

        Fallback = new FallbackTaken(
            "types of the kernel", _files.PathOf(PathOf(VmlinuxName)), image.Name, Errno.ENOENT.Symbol());
        return image;
    }

    private BtfFile Read(string name, BtfFile? baseFile)
    {
        string path = _files.PathOf(PathOf(name));
        if (!_calls.Files.TryOpen(path, FileAccessMode.Read, out SafeFdHandle? file, out Errno error))
        {
            throw new KernelFeatureException("kernel BTF", $"{path}: {error.Symbol()} ({error.Text()})" + (
                error == Errno.ENOENT
                    ? "; the kernel needs CONFIG_DEBUG_INFO_BTF, or its image with types on disk"
                    : string.Empty));
        }

        using (file)
        {
            return BtfFile.Read(Contents(file, path), path, baseFile);
        }
    }

    // Kernels before 6.16 answer mmap with ENODEV; module BTF cannot be mapped at all so far.
    private ReadOnlyMemory<byte> Contents(SafeFdHandle file, string path)
    {
        long length = new FileInfo(path).Length;
        Errno error = Errno.None;
        if (length is > 0 and <= int.MaxValue && _calls.Memory.TryMap(
            file, (int)length, MemoryProtection.Read, MemorySharing.Private, out MappedMemory? mapped, out error))
        {
            // Never unmapped: views of these types may live as long as the process.
            return mapped.Memory;
        }

        if (path == _files.PathOf(PathOf(VmlinuxName)))
        {
            Fallback = new FallbackTaken(path, "mmap", "read", error.Symbol());
        }

        return File.ReadAllBytes(path);
    }
}
