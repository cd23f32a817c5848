using System.Runtime.InteropServices;
using BpfCore.Elf;
using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>Attaches programs to USDT probes: to each place where the probe stands in its file.</summary>
internal static class UsdtAttacher
{
    public static BpfLink Attach(BpfProgram program, UsdtTarget target, ProbeOptions options)
    {
        string path = ExecutableSearch.Resolve(target.Path);
        UsdtLink link = new(program, target, UsdtSpecMap.Of(program));
        try
        {
            List<UsdtPlace> places = FindPlaces(program, path, target, link, options.Cookie);
            if (program.ExpectedAttachType == AttachType.TraceUprobeMulti)
            {
                link.Add(AttachTogether(program, path, target, places, options));
            }
            else
            {
                AttachOneByOne(program, path, link, places, options);
            }

            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    private static void AttachOneByOne(
        BpfProgram program, string path, UsdtLink link, List<UsdtPlace> places, ProbeOptions options)
    {
        bool hasCookies = !new KernelFeatures(program.Calls).Lacks(KernelFeature.AttachCookies);
        ProbeAttacher attacher = new(program.Calls);
        foreach (UsdtPlace place in places)
        {
            if (!hasCookies)
            {
                TellAddresses(program, path, link, place, options.ProcessId);
            }

            ProbeLocation location = ProbeLocation.Of(new UprobeTarget(path, place.Offset, IsReturn: false));
            link.Add(attacher.Attach(
                program,
                location with { Target = link.Target },
                options with { Cookie = hasCookies ? place.Spec : 0, SemaphoreOffset = place.SemaphoreOffset }));
        }
    }

    // As libbpf does: without a cookie the program looks the description up by the address that it is at.
    private static void TellAddresses(BpfProgram program, string path, UsdtLink link, UsdtPlace place, int processId)
    {
        UsdtAddressMap map = UsdtAddressMap.Of(program);
        if (place.FixedAddress is ulong address)
        {
            link.AddAddress(map, address, place.Spec);
            return;
        }

        if (processId == 0)
        {
            throw new KernelFeatureException(
                "cookies of probes",
                $"{link.Target} lies elsewhere in each process, and the kernel is older than 5.15; "
                + $"name the process in {nameof(ProbeOptions)}.{nameof(ProbeOptions.ProcessId)}");
        }

        List<ulong> addresses = ProcessMappings.Host.FindAddresses(processId, path, place.Offset);
        if (addresses.Count == 0)
        {
            throw new InvalidOperationException($"{link.Target}: process {processId} runs no code of {path}");
        }

        addresses.ForEach(found => link.AddAddress(map, found, place.Spec));
    }

    private static KernelLink AttachTogether(
        BpfProgram program, string path, UsdtTarget target, List<UsdtPlace> places, ProbeOptions options)
    {
        bool hasSemaphores = places.Exists(static place => place.SemaphoreOffset != 0);
        UprobeSetTarget set = new(path)
        {
            Offsets = places.ConvertAll(static place => place.Offset),
            Cookies = places.ConvertAll(static place => (ulong)place.Spec),
            SemaphoreOffsets = hasSemaphores ? places.ConvertAll(static place => place.SemaphoreOffset) : [],
            ProcessId = options.ProcessId,
        };
        return UprobeMultiAttacher.Create(program, target, set);
    }

    private static List<UsdtPlace> FindPlaces(
        BpfProgram program, string path, UsdtTarget target, UsdtLink link, ulong cookie)
    {
        using ElfImage image = UprobeResolver.Open(path);
        List<UsdtPlace> places = [];
        foreach (UsdtNote note in UsdtNotes.Read(image))
        {
            if (note.Provider == target.Provider && note.Name == target.Name)
            {
                ulong offset = OffsetOf(image, note.Address, target, "its code");
                ulong semaphore = note.SemaphoreAddress == 0
                    ? 0
                    : OffsetOf(image, note.SemaphoreAddress, target, "its semaphore");
                UsdtArgument[] arguments = UsdtArgumentReader.Read(
                    note.Arguments, RuntimeInformation.ProcessArchitecture);
                uint spec = link.AddSpec(note.Arguments, arguments, cookie);
                places.Add(new UsdtPlace(offset, semaphore, spec, image.IsPlaced ? note.Address : null));
            }
        }

        return places.Count > 0
            ? places
            : throw new InvalidOperationException(
                $"{program}: {path} has no probe {target.Provider}:{target.Name} (readelf -n lists those it has)");
    }

    private static ulong OffsetOf(ElfImage image, ulong address, UsdtTarget target, string what) =>
        image.FindSegment(address)?.OffsetOf(address)
        ?? throw new InvalidOperationException(
            $"{target}: {what} is said to lie at 0x{address:x}, where {image.Path} maps nothing");
}
